import XLSX

/// What a worker has seen in the files that it read: the same parts, words and layouts come again and again. Bounded, and not
/// thread-safe.
final class IntakeMemory {
  let workbooks: WorkbookMemory
  let layouts: LayoutMemory

  init(_ reader: IntakeReader) {
    workbooks = WorkbookMemory(limits: reader.limits.package)
    layouts = LayoutMemory(reader.locator)
  }
}
