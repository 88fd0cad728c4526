//! Batch SQL over tables of files, on DataFusion.
