/// Reads the pictures and charts of a sheet's drawing (ECMA-376 Part 1, 20.5). Shapes, other kinds of charts and pictures
/// of other formats stay in the file and are not modelled.
struct DrawingReader {
  /// English Metric Units of a point.
  private static let unitsPerPoint = 12_700.0

  private let surroundings: SheetSurroundings

  init(_ surroundings: SheetSurroundings) { self.surroundings = surroundings }

  func pictures() throws -> [Picture] {
    guard let part = surroundings.existingPart(ofKind: "drawing") else { return [] }
    let package = surroundings.source.package
    let relationships = try package.relationships(of: part)
    var pictures: [Picture] = []
    var place = 0
    try package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { anchor, _ in
      defer { place += 1 }
      guard let element = anchor.child("pic"), let blip = element.child("blipFill")?.child("blip"),
        let id = blip["embed", .officeRelationships], let relationship = relationships[id],
        let image = package.target(of: relationship, from: part), package.contains(image)
      else { return }
      let data = try package.bytes(of: image)
      guard let format = Self.format(of: data) else { return }
      let size = element.child("spPr")?.child("xfrm")?.child("ext") ?? anchor.child("ext")
      var picture = Picture(
        data, format: format, at: Self.corner(anchor.child("from")),
        width: (size?.number("cx") ?? 0) / Self.unitsPerPoint,
        height: (size?.number("cy") ?? 0) / Self.unitsPerPoint,
        description: element.child("nvPicPr")?.child("cNvPr")?["descr"] ?? "")
      picture.origin.mark = .init(place: place)
      pictures.append(picture)
    }
    return pictures
  }

  func charts() throws -> [Chart] {
    guard let part = surroundings.existingPart(ofKind: "drawing") else { return [] }
    let package = surroundings.source.package
    let relationships = try package.relationships(of: part)
    var charts: [Chart] = []
    var place = 0
    try package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { anchor, _ in
      defer { place += 1 }
      let data = anchor.child("graphicFrame")?.child("graphic")?.child("graphicData")
      guard let id = data?.child("chart")?["id", .officeRelationships], let relationship = relationships[id],
        let chart = package.target(of: relationship, from: part), package.contains(chart)
      else { return }
      let first = Self.corner(anchor.child("from"))
      // The lower right corner lies in the cell behind the last, unless it lies inside that one.
      let end = anchor.child("to")
      func isInside(_ name: String) -> Bool { (end?.child(name)?.text).flatMap { Int($0) } ?? 0 > 0 }
      let last = end.map { Self.corner($0) } ?? first
      let area = CellRange(
        first,
        CellReference(
          row: max(first.row, last.row - (isInside("rowOff") ? 0 : 1)),
          column: max(first.column, last.column - (isInside("colOff") ? 0 : 1))))
      guard var read = try ChartReader.read(chart, in: package, area: area) else { return }
      read.origin.mark = .init(place: place)
      charts.append(read)
    }
    return charts
  }

  /// The cell of an anchor's corner, which counts from 0; A1 for a picture that is anchored to no cell.
  static func corner(_ element: XMLElement?) -> CellReference {
    func number(_ name: String) -> Int {
      (element?.child(name)?.text.trimmingXMLSpace).flatMap { Int($0) } ?? 0
    }
    return CellReference(
      row: max(0, min(number("row"), CellReference.maximumRow - 1)) + 1,
      column: max(0, min(number("col"), CellReference.maximumColumn - 1)) + 1)
  }

  private static func format(of data: [UInt8]) -> Picture.Format? {
    if data.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
    return data.starts(with: [0xFF, 0xD8, 0xFF]) ? .jpeg : nil
  }
}
