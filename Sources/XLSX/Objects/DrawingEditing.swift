/// Changes and removes pictures and charts that a sheet's drawing holds (ECMA-376 Part 1, 20.5). What lies beside them, and
/// what the model does not know of them, stays.
struct DrawingEditing {
  let sheet: String
  let pictures: ObjectChanges<Picture>
  let charts: ObjectChanges<Chart>

  private static let anchorOrder = [
    "pos", "from", "to", "ext", "sp", "grpSp", "graphicFrame", "cxnSp", "pic", "contentPart", "clientData",
  ]

  var isEmpty: Bool { !pictures.touchesFile && !charts.touchesFile }

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for what has no place in the file.
  func apply(to edits: inout PackageEdits, part: String, drawing: String, folder: String) throws {
    guard var root = MarkupElement(try edits.bytes(of: drawing)) else { throw refusal(drawing) }
    let removed = Set((pictures.removed.map(\.mark) + charts.removed.map(\.mark)).map(\.place))
    let newPictures = Dictionary(firstOf: pictures.changed.map { ($0.mark.place, ($0.old, $0.new)) })
    let newCharts = Dictionary(firstOf: charts.changed.map { ($0.mark.place, ($0.old, $0.new)) })
    var place = 0
    var edited = edits
    try root.changeEach { anchor in
      guard var element = anchor else { return }
      let places = place..<place + Self.count(element)
      place = places.upperBound
      let isConcerned = places.contains {
        removed.contains($0) || newPictures[$0] != nil || newCharts[$0] != nil
      }
      guard isConcerned else { return }
      if element.localName == "AlternateContent" { throw refusal(drawing) }
      if removed.contains(places.lowerBound) {
        anchor = nil
        return
      }
      if let (old, new) = newPictures[places.lowerBound] {
        try change(&element, from: old, to: new, in: drawing, folder, &edited)
      }
      if let (old, new) = newCharts[places.lowerBound] {
        try change(&element, from: old, to: new, in: drawing, &edited)
      }
      anchor = element
    }
    let before = try edits.bytes(of: drawing)
    edits = edited
    edits.set(drawing, root.bytes)
    try edits.removeLinks(of: drawing, namedIn: before)
    guard root.childNames.isEmpty else { return }
    try edits.change(part) { $0.remove("drawing") }
    try edits.detach(drawing, from: part)
  }

  /// As how many anchors a child of the drawing is read: of alternatives the last counts.
  private static func count(_ child: MarkupElement) -> Int {
    if child.localName != "AlternateContent" { return 1 }
    var count = 0
    for fallback in child.children("Fallback") { fallback.forEachChild { count += Self.count($0) } }
    return count
  }

  private func refusal(_ part: String) -> XLSXError {
    XLSXError(
      .unsupportedChange,
      "A picture or chart of this sheet stands in the file in a form that cannot be changed; change it in Excel or WPS.",
      part: part, sheet: sheet)
  }

  // Pictures

  private func change(
    _ anchor: inout MarkupElement, from old: Picture, to new: Picture, in drawing: String, _ folder: String,
    _ edits: inout PackageEdits
  ) throws {
    if old.data != new.data { try DrawingRules.checkFormat(of: new, sheet: sheet) }
    var (width, height) = (0, 0)
    if old.anchor != new.anchor || old.width != new.width || old.height != new.height {
      try DrawingRules.checkPlace(of: new, sheet: sheet)
      (width, height) = (DrawingXML.units(new.width), DrawingXML.units(new.height))
      // It has a size of its own now, which rows and columns do not stretch.
      if anchor.localName != "oneCellAnchor" {
        anchor.rename(to: "oneCellAnchor")
        anchor["editAs"] = nil
        anchor.remove("to")
        anchor.remove("pos")
      }
      if old.anchor != new.anchor || !anchor.has("from") { Self.place(&anchor, "from", at: new.anchor) }
      anchor.change("ext", order: Self.anchorOrder) { size in
        size["cx"] = String(width)
        size["cy"] = String(height)
      }
    }
    let media = old.data == new.data ? nil : try edits.addMedia(new, to: drawing, folder)
    anchor.change("pic") { picture in
      if old.description != new.description {
        picture.change("nvPicPr") { properties in
          properties.change("cNvPr") { $0["descr"] = new.description.isEmpty ? nil : new.description }
        }
      }
      if old.width != new.width || old.height != new.height, picture.child("spPr")?.has("xfrm") == true {
        picture.change("spPr") { shape in
          shape.change("xfrm") { frame in
            frame.change("ext", order: ["off", "ext", "chOff", "chExt"]) { size in
              size["cx"] = String(width)
              size["cy"] = String(height)
            }
          }
        }
      }
      guard let media else { return }
      picture.change("blipFill") { fill in
        fill.change("blip") { blip in
          blip[blip.attributeName("embed") ?? "r:embed"] = media
          // The same picture as a drawing of lines.
          blip.remove("extLst")
        }
      }
    }
  }

  /// Puts a corner of an anchor on the upper left corner of a cell.
  private static func place(_ anchor: inout MarkupElement, _ name: String, at cell: CellReference) {
    anchor.change(name, order: anchorOrder) { corner in
      let order = ["col", "colOff", "row", "rowOff"]
      for (child, number) in zip(order, [cell.column - 1, 0, cell.row - 1, 0]) {
        corner.change(child, order: order) { $0.setText(String(number)) }
      }
    }
  }

  // Charts

  private func change(
    _ anchor: inout MarkupElement, from old: Chart, to new: Chart, in drawing: String,
    _ edits: inout PackageEdits
  ) throws {
    if old.area != new.area {
      try ContentRules.checkInGrid(new.area, "The chart", sheet: sheet)
      if anchor.localName != "twoCellAnchor" {
        anchor.rename(to: "twoCellAnchor")
        anchor.remove("pos")
        anchor.remove("ext")
      }
      Self.place(&anchor, "from", at: new.area.first)
      Self.place(&anchor, "to", at: new.area.last.offset(rows: 1, columns: 1))
    }
    var (rest, wanted) = (old, new)
    rest.area = new.area
    wanted.area = new.area
    if rest == wanted { return }
    let data = anchor.child("graphicFrame")?.child("graphic")?.child("graphicData")
    guard let id = data?.child("chart")?.attributeValue(localName: "id"),
      let part = try edits.linked(from: drawing, id: id)
    else { throw refusal(drawing) }
    let editing = ChartEditing(old: old, new: new, sheet: sheet, part: part, isStrict: edits.isStrict)
    edits.set(part, try editing.applied(to: try edits.bytes(of: part)))
  }
}

extension PackageEdits {
  /// Adds the bytes of a picture.
  ///
  /// - Returns: The id of the relationship by which a drawing leads to them.
  mutating func addMedia(_ picture: Picture, to drawing: String, _ folder: String) throws -> String {
    try add(
      freeName("\(folder)media/image", ".\(picture.format.rawValue)"), picture.format == .png ? .png : .jpeg,
      picture.data, to: drawing, "image", byExtension: true)
  }
}

extension MarkupElement {
  /// Looks at every child.
  func forEachChild(_ body: (MarkupElement) -> Void) {
    var copy = self
    copy.changeEach { if let child = $0 { body(child) } }
  }
}
