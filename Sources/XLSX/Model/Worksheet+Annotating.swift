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

  /// How many cells have a link.
  public var hyperlinkCount: Int { content.hyperlinks.count }

  /// The link of a cell.
  public func hyperlink(at cell: CellReference) -> Hyperlink? { content.hyperlinks[cell] }

  /// Comments on a cell, in place of the comment it had; `nil` takes it away.
  public func setComment(_ comment: CellComment?, at cell: CellReference) {
    content.comments[cell] = comment
    content.threads[cell] = nil
  }

  /// Gives a cell a comment, in place of the one that it has.
  public func setComment(_ text: String, author: String = "", at cell: CellReference) {
    setComment(CellComment(text, author: author), at: cell)
  }

  /// The comment on a cell.
  public func comment(at cell: CellReference) -> CellComment? { content.comments[cell] }

  /// Opens a conversation on a cell, in place of the comment it had; `nil` takes it away.
  public func setThread(_ thread: CommentThread?, at cell: CellReference) {
    content.threads[cell] = thread
    content.comments[cell] = thread?.comment
  }

  /// The conversation on a cell. ``comment(at:)`` gives it as one text.
  public func thread(at cell: CellReference) -> CommentThread? { content.threads[cell] }

  /// The conversations, by cell; `nil` takes one away.
  public var threads: [CellReference: CommentThread] {
    get { content.threads }
    set {
      for cell in Set(newValue.keys).union(content.threads.keys) where newValue[cell] != content.threads[cell]
      {
        setThread(newValue[cell], at: cell)
      }
    }
  }

  /// The links, by cell; `nil` takes one away.
  ///
  ///     sheet.links["A3"] = Hyperlink(.external("https://example.com"))
  public var links: [CellReference: Hyperlink] {
    get { content.hyperlinks }
    set { content.hyperlinks = newValue }
  }

  /// The same as ``links``.
  public var hyperlinks: [CellReference: Hyperlink] {
    get { links }
    set { links = newValue }
  }

  /// The comments, by cell; `nil` takes one away, and the conversation that it stands for.
  ///
  ///     sheet.comments["A1"] = nil
  public var comments: [CellReference: CellComment] {
    get { content.comments }
    set {
      for cell in Set(newValue.keys).union(content.comments.keys)
      where newValue[cell] != content.comments[cell] {
        setComment(newValue[cell], at: cell)
      }
    }
  }
}
