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
}
