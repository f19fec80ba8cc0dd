/// What the styles of an OpenDocument text say of text that is not read (OASIS OpenDocument 1.3 Part 3, 16): crossed out,
/// hidden, raised.
struct OpenDocumentTextStyles {
  /// What `style:text-properties` say; `nil` for what they leave to other styles.
  struct Properties {
    var isStruck: Bool?
    var isHidden: Bool?
    var isRaised: Bool?

    init() {}

    init(_ node: MarkupNode?) {
      guard let node else { return }
      if let line = node["text-line-through-style"] ?? node["text-line-through-type"] {
        isStruck = line != "none"
      }
      isHidden = node["display"].map { $0 == "none" }
      // `super 58%`, or a share of the height: `33% 58%`.
      isRaised = node["text-position"].map { !$0.hasPrefix("0%") }
    }

    /// What another level says where this one says nothing.
    func over(_ base: Properties) -> Properties {
      var result = self
      result.isStruck = isStruck ?? base.isStruck
      result.isHidden = isHidden ?? base.isHidden
      result.isRaised = isRaised ?? base.isRaised
      return result
    }

    var mark: LeftOut.Kind? {
      if isHidden == true { return .hidden }
      if isStruck == true { return .struck }
      return isRaised == true ? .raised : nil
    }
  }

  private struct Key: Hashable {
    var family: String
    var name: String
  }

  private struct Style {
    var base: String?
    var properties: Properties
  }

  private var styles: [Key: Style] = [:]
  private var defaults: [String: Properties] = [:]
  /// Of table columns by their styles, in points.
  private(set) var columnWidths: [String: Double] = [:]

  /// Styles of one document that are looked at, and how many one builds upon.
  private static let limit = 20_000
  private static let depth = 32

  /// - Parameters:
  ///   - common: The root of `styles.xml`; a document is worth reading without it.
  ///   - content: The root of `content.xml`.
  init(common: MarkupNode?, content: MarkupNode) {
    if let styles = common?.child("styles") { add(styles) }
    // In a document of one file both stand in it.
    if let styles = content.child("styles") { add(styles) }
    if let styles = content.child("automatic-styles") { add(styles) }
  }

  private mutating func add(_ group: MarkupNode) {
    for node in group.children where styles.count < Self.limit {
      guard let family = node["family"] else { continue }
      let properties = Properties(node.child("text-properties"))
      if node.name == "default-style" { defaults[family] = properties }
      guard node.name == "style", let name = node["name"] else { continue }
      if let width = node.child("table-column-properties")?["column-width"] {
        columnWidths[name] = OpenDocumentLength.points(width)
      }
      styles[Key(family: family, name: name)] = Style(
        base: node["parent-style-name"], properties: properties)
    }
  }

  /// What a style says, with those that it builds upon.
  ///
  /// - Parameter family: `paragraph` or `text`.
  func properties(_ name: String?, family: String) -> Properties {
    var result = Properties()
    var next = name
    for _ in 0..<Self.depth {
      guard let name = next, let style = styles[Key(family: family, name: name)] else { break }
      result = result.over(style.properties)
      next = style.base
    }
    return result.over(defaults[family] ?? Properties())
  }
}
