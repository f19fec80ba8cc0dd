/// What of a cell format changes; `nil` stays as it is, with everything that this library does not know of it.
struct StyleChange: Hashable {
  /// The index of the format that the cell had.
  var base: Int
  var font: Font?
  var fill: Fill?
  var borders: Borders?
  var alignment: Alignment?
  var numberFormat: NumberFormat?
  var protection: Style.Protection?

  init(base: Int) { self.base = base }

  /// What has to change for a cell of one style to have another.
  init(base: Int, from old: Style, to new: Style) {
    self.base = base
    if new.font != old.font { font = new.font }
    if new.fill != old.fill { fill = new.fill }
    if new.borders != old.borders { borders = new.borders }
    if new.alignment != old.alignment { alignment = new.alignment }
    if new.numberFormat != old.numberFormat { numberFormat = new.numberFormat }
    if new.protection != old.protection { protection = new.protection }
  }

  var isEmpty: Bool { self == StyleChange(base: base) }

  /// A style with everything that the change says.
  func applied(to style: Style) -> Style {
    Style(
      font: font ?? style.font, fill: fill ?? style.fill, borders: borders ?? style.borders,
      alignment: alignment ?? style.alignment, numberFormat: numberFormat ?? style.numberFormat,
      protection: protection ?? style.protection)
  }

  /// What is new must be what Excel takes; what a file has is its own affair.
  func check() throws { try StyleRules.check(applied(to: .default)) }
}

/// Adds cell formats to a styles part: copies of existing ones in which only what was asked for differs. Nothing that is
/// there changes its index (ECMA-376 Part 1, 18.8).
struct StyleEditing {
  /// The elements of one of the part's lists, and those that are added behind them.
  private struct List {
    let elements: [[UInt8]]
    var added: [MarkupElement] = []
  }

  private let root: MarkupElement
  private var lists: [String: List] = [:]
  /// By their ids, Excel's own where the part gives them another meaning.
  private var numberFormats: [Int: String] = [:]
  private var addedFormats: [(id: Int, code: String)] = []
  private var known: [StyleChange: Int] = [:]

  /// The children of a styles part in the schema's order.
  static let order = [
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
  ]

  /// `nil` for a part that is not whole.
  init?(_ bytes: [UInt8]) {
    guard let root = MarkupElement(bytes) else { return nil }
    self.root = root
    for name in ["fonts", "fills", "borders", "cellXfs"] {
      if let list = root.child(name) { lists[name] = List(elements: Self.elements(of: list).map(\.bytes)) }
    }
    for format in root.child("numFmts").map(Self.elements) ?? [] {
      guard let id = format.integer("numFmtId"), 0..<(1 << 20) ~= id, let code = format["formatCode"] else {
        continue
      }
      numberFormats[id] = code.decodingEscapes
    }
  }

  /// Of alternatives the last counts, as everywhere in this library (ECMA-376 Part 3, 7.5).
  private static func elements(of list: MarkupElement) -> [MarkupElement] {
    list.children { _ in true }.flatMap { child in
      child.localName == "AlternateContent"
        ? child.children("Fallback").flatMap { $0.children { _ in true } } : [child]
    }
  }

  /// The index of a format, which is added if there is none like it; `nil` if the part has no formats to go by.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for more formats than Excel takes.
  mutating func index(of change: StyleChange) throws -> Int? {
    if let index = known[change] { return index }
    guard let formats = lists["cellXfs"], !formats.elements.isEmpty else { return nil }
    try change.check()
    let base = formats.elements.indices.contains(change.base) ? change.base : 0
    guard var format = MarkupElement(formats.elements[base]) else { return nil }
    func set(_ name: String, _ apply: String, _ id: Int) {
      format[name] = String(id)
      format[apply] = "1"
    }
    if let font = change.font {
      guard let id = add(fontElement(font, insteadOf: format.integer("fontId") ?? -1), to: "fonts") else {
        return nil
      }
      set("fontId", "applyFont", id)
    }
    if let fill = change.fill {
      guard let id = add(element { Stylesheet.append(fill, to: &$0) }, to: "fills") else { return nil }
      set("fillId", "applyFill", id)
    }
    if let borders = change.borders {
      guard let id = add(element { Stylesheet.append(borders, to: &$0) }, to: "borders") else { return nil }
      set("borderId", "applyBorder", id)
    }
    if let code = change.numberFormat?.code {
      set("numFmtId", "applyNumberFormat", numberFormatID(code))
    }
    if let alignment = change.alignment,
      var child = element({ Stylesheet.append(alignment, to: &$0) })
    {
      for name in ["relativeIndent", "justifyLastLine", "readingOrder"] {
        child[name] = format.child("alignment")?[name]
      }
      replace("alignment", with: child, applied: "applyAlignment", in: &format)
    }
    if let protection = change.protection,
      let child = element({ Stylesheet.append(protection, to: &$0) })
    {
      replace("protection", with: child, applied: "applyProtection", in: &format)
    }
    let index = add(format, to: "cellXfs")
    if let index, index >= ContentRules.maximumCellFormats {
      throw ContentRules.invalid("The workbook would have more styles than Excel takes")
    }
    known[change] = index
    return index
  }

  /// Whether a styles part has a root and nothing in it.
  static func isEmpty(_ bytes: [UInt8]) -> Bool {
    var scanner = MarkupScanner(bytes)
    var elements = 0
    while elements < 2, let token = scanner.next() { if token.isStart { elements += 1 } }
    return elements < 2
  }

  var result: [UInt8] {
    var result = root
    let formats = addedFormats.compactMap { format in
      element { xml in
        xml.begin("numFmt")
        xml.attribute("numFmtId", format.id)
        xml.attribute("formatCode", format.code)
        xml.endEmpty()
      }
    }
    for (name, added) in lists.mapValues(\.added).merging(["numFmts": formats], uniquingKeysWith: { $1 })
    where !added.isEmpty {
      let isNew = !root.has(name)
      result.change(name, order: Self.order) { list in
        list.append(added)
        if isNew || list["count"] != nil { list["count"] = String(Self.elements(of: list).count) }
      }
    }
    return result.bytes
  }

  // Lists

  /// The index of an element of a list, which is added if the list has none with the same bytes.
  private mutating func add(_ element: MarkupElement?, to name: String) -> Int? {
    guard let element, let list = lists[name], !list.elements.isEmpty else { return nil }
    let bytes = element.bytes
    if let index = list.elements.firstIndex(of: bytes) { return index }
    if let index = list.added.firstIndex(where: { $0.bytes == bytes }) { return list.elements.count + index }
    lists[name]?.added.append(element)
    return list.elements.count + list.added.count
  }

  private mutating func numberFormatID(_ code: String) -> Int {
    if let id = numberFormats.filter({ $0.value == code }).keys.min() { return id }
    if let id = Stylesheet.builtIn[code], numberFormats[id] == nil { return id }
    // The first 164 are Excel's own.
    let id = max(163, numberFormats.keys.max() ?? 0) + 1
    numberFormats[id] = code
    addedFormats.append((id, code))
    return id
  }

  private func element(_ write: (inout ByteBuffer) -> Void) -> MarkupElement? {
    MarkupElement(prefix: root.prefix, write)
  }

  // Elements

  /// A `<font>` like another, as far as the model does not know it.
  private func fontElement(_ font: Font, insteadOf id: Int) -> MarkupElement? {
    let bare = element { FontXML.append(font, .stylesheet, to: &$0) }
    guard let fonts = lists["fonts"], fonts.elements.indices.contains(id),
      let old = MarkupElement(fonts.elements[id]), var new = bare
    else { return bare }
    for name in ["condense", "extend", "outline", "shadow"] {
      for child in old.children(name) { new.insert(child, order: [name, "sz"]) }
    }
    // What describes the typeface stays with its name; the theme's font would even take the place of another name.
    guard old.child("name")?["val"] == font.name else { return new }
    new.remove("charset")
    new.append(old.childNames.filter(["family", "charset", "scheme"].contains).flatMap(old.children))
    return new
  }

  private func replace(
    _ name: String, with child: MarkupElement, applied flag: String, in format: inout MarkupElement
  ) {
    format[flag] = "1"
    format.remove(name)
    format.insert(child, order: ["alignment", "protection", "extLst"])
  }
}

extension StyleEditing {
  /// The styles part of a package being edited, read when the first style is asked for.
  struct Part {
    private let name: String?
    private let isStrict: Bool
    private var editing: StyleEditing?
    private var differentials: DifferentialEditing?
    private var bytes: [UInt8]?

    init(of source: WorkbookSource, in changes: PackageEdits) throws {
      name = try source.package.part(ofKind: "styles", from: source.part).flatMap {
        source.package.contains($0) ? $0 : nil
      }
      isStrict = changes.isStrict
      if let name {
        let stored = try changes.bytes(of: name)
        // Some writers leave an empty part behind: it says as much as none.
        bytes = StyleEditing.isEmpty(stored) ? nil : stored
      }
    }

    /// The index of a cell format with a change made.
    ///
    /// - Throws: ``XLSXError/Code/unsupportedChange`` if the part's own formats cannot be found.
    mutating func index(of change: StyleChange, sheet: String, at cell: CellReference?) throws -> Int? {
      if change.isEmpty { return change.base }
      if editing == nil { editing = try StyleEditing(bytes ?? Self.plain(isStrict: isStrict)) }
      guard let index = try editing?.index(of: change) else {
        throw XLSXError(
          .unsupportedChange,
          "The workbook's styles are damaged, and a cell cannot get another one; save it again in Excel or WPS.",
          part: name, sheet: sheet, cell: cell)
      }
      return index
    }

    /// The number of what a conditional format sets.
    mutating func index(ofDifferential appearance: ConditionalFormat.Appearance) throws -> Int {
      let stored = try bytes ?? Self.plain(isStrict: isStrict)
      if editing == nil { editing = StyleEditing(stored) }
      var list = differentials ?? DifferentialEditing(stored)
      defer { differentials = list }
      return list.index(of: appearance)
    }

    func finish(in changes: inout PackageEdits, workbookPart: String) throws {
      guard let editing else { return }
      let part = name ?? changes.freeName(plain: PartName.folder(of: workbookPart) + "styles", ".xml")
      if name == nil {
        try changes.add(part, .styles, editing.result, to: workbookPart, "styles")
      } else {
        changes.set(part, editing.result)
      }
      if let differentials { try changes.change(part) { differentials.apply(to: &$0) } }
    }

    /// The styles of a workbook that has none: the default one.
    private static func plain(isStrict: Bool) throws -> [UInt8] {
      let bytes = try Stylesheet(StyleTable(), Differentials()).part().array()
      guard isStrict else { return bytes }
      let text = String(decoding: bytes, as: UTF8.self)
      return Array(text.replacing(Namespace.main, with: Namespace.strictMain).utf8)
    }
  }
}
