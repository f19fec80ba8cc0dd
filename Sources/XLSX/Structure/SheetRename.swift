/// A sheet that gets another name.
struct SheetRename: Sendable {
  /// The key of the sheet.
  let position: Int
  let old: String
  let new: String
}
