extension Worksheet {
  /// Links a cell to a web address, mail address or file; `nil` takes its link away. The cell keeps its value and style.
  public func setHyperlink(_ hyperlink: Hyperlink?, at cell: CellReference) {
    content.hyperlinks[cell] = hyperlink
  }

  /// Links a cell to an address outside the workbook: `https://…`, `mailto:…`, `file:///…`.
  public func setHyperlink(_ address: String, tooltip: String? = nil, at cell: CellReference) {
    setHyperlink(Hyperlink(.external(address), tooltip: tooltip), at: cell)
  }

  /// Links a cell to a range of a sheet of this workbook.
  public func setHyperlink(
    to range: CellRange, of sheet: Worksheet, tooltip: String? = nil, at cell: CellReference
  ) {
    let place = "\(SheetReference.quoted(sheet.name))!\(range)"
    setHyperlink(Hyperlink(.location(place), tooltip: tooltip), at: cell)
  }

  public func hyperlink(at cell: CellReference) -> Hyperlink? { content.hyperlinks[cell] }

  /// Comments on a cell, in place of the comment it had; `nil` takes it away.
  public func setComment(_ comment: Comment?, at cell: CellReference) {
    content.comments[cell] = comment
    content.threads[cell] = nil
  }

  public func setComment(_ text: String, author: String = "", at cell: CellReference) {
    setComment(Comment(text, author: author), at: cell)
  }

  public func comment(at cell: CellReference) -> Comment? { content.comments[cell] }

  /// Opens a conversation on a cell, in place of the comment it had; `nil` takes it away.
  public func setThread(_ thread: CommentThread?, at cell: CellReference) {
    content.threads[cell] = thread
    content.comments[cell] = thread?.comment
  }

  /// The conversation on a cell. ``comment(at:)`` gives it as one text.
  public func thread(at cell: CellReference) -> CommentThread? { content.threads[cell] }

  /// The conversations, by cell.
  public var threads: [CellReference: CommentThread] { content.threads }

  /// The links and comments, by cell.
  public var hyperlinks: [CellReference: Hyperlink] { content.hyperlinks }
  public var comments: [CellReference: Comment] { content.comments }
}
