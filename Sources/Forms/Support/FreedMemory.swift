import CMalloc

/// Memory that was freed and that the C library keeps.
enum FreedMemory {
  /// Gives it back to the system. Each thread that reads files has an arena of its own, and what it has freed there does
  /// not serve the thread that goes on alone.
  static func giveBack() {
    #if canImport(Glibc)
      malloc_trim(0)
    #endif
  }

  /// Has the C library keep little of what is freed from now on. By itself it comes to keep more and more of the large
  /// buffers that a workbook of ten thousand units takes: a country's merge holds 440 MB then, and 375 MB so, in the same time.
  static func keepLittle() {
    #if canImport(Glibc)
      _ = mallopt(M_TRIM_THRESHOLD, 128 << 10)
    #endif
  }
}
