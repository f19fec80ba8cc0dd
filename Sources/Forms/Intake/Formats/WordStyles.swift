/// What the styles of a Word document say of text that is not read (ECMA-376 Part 1, 17.7): crossed out, hidden, raised.
struct WordStyles {
  /// What run properties say; `nil` for what they leave to the styles.
  struct Properties {
    var strike: Bool?
    var doubleStrike: Bool?
    var hidden: Bool?
    var raised: Bool?

    init() {}

    /// - Parameter node: `w:rPr`
    init(_ node: MarkupNode?) {
      guard let node else { return }
      for child in node.children {
        switch child.name {
        case "strike": strike = Self.isOn(child)
        case "dstrike": doubleStrike = Self.isOn(child)
        case "vanish", "specVanish": hidden = hidden == true || Self.isOn(child)
        case "vertAlign": raised = child["val"].map { $0 == "superscript" || $0 == "subscript" }
        // Half-points above or below the line.
        case "position":
          if let height = child["val"].flatMap({ Int($0) }), height != 0 { raised = raised ?? true }
        default: continue
        }
      }
    }

    /// A property without a value is on (17.17.4).
    private static func isOn(_ node: MarkupNode) -> Bool {
      !["0", "false", "off", "none"].contains(node["val"] ?? "1")
    }

    /// What another level says where this one says nothing.
    func over(_ base: Properties) -> Properties {
      var result = self
      result.strike = strike ?? base.strike
      result.doubleStrike = doubleStrike ?? base.doubleStrike
      result.hidden = hidden ?? base.hidden
      result.raised = raised ?? base.raised
      return result
    }

    /// As styles of several levels add up: one that switches on what another has on switches it off (17.7.3).
    func toggled(_ other: Properties) -> Properties {
      var result = Properties()
      result.strike = (strike ?? false) != (other.strike ?? false)
      result.doubleStrike = (doubleStrike ?? false) != (other.doubleStrike ?? false)
      result.hidden = (hidden ?? false) != (other.hidden ?? false)
      result.raised = other.raised ?? raised
      return result
    }

    var mark: LeftOut.Kind? {
      if hidden == true { return .hidden }
      if strike == true || doubleStrike == true { return .struck }
      return raised == true ? .raised : nil
    }
  }

  private struct Style {
    var type: String
    var base: String?
    var properties: Properties
  }

  private var styles: [String: Style] = [:]
  private var defaults = Properties()
  /// The styles of what names none, by type.
  private var defaultStyles: [String: String] = [:]
  private var resolved: [String: Properties] = [:]

  /// Styles of one document that are looked at, and how many one builds upon.
  private static let limit = 10_000
  private static let depth = 32

  init() {}

  /// - Parameter root: `w:styles`
  init(_ root: MarkupNode) {
    defaults = Properties(root.child("docDefaults")?.child("rPrDefault")?.child("rPr"))
    for node in root.children where node.name == "style" && styles.count < Self.limit {
      guard let id = node["styleId"] else { continue }
      let type = node["type"] ?? "paragraph"
      styles[id] = Style(
        type: type, base: node.child("basedOn")?["val"], properties: Properties(node.child("rPr")))
      if let isDefault = node["default"], isDefault == "1" || isDefault == "true" { defaultStyles[type] = id }
    }
    for id in styles.keys { resolved[id] = resolve(id) }
  }

  private func resolve(_ id: String) -> Properties {
    var result = Properties()
    var next: String? = id
    for _ in 0..<Self.depth {
      guard let name = next, let style = styles[name] else { break }
      result = result.over(style.properties)
      next = style.base
    }
    return result
  }

  private func properties(_ id: String?, type: String) -> Properties {
    let name = id ?? defaultStyles[type]
    guard let name, styles[name]?.type == type else { return Properties() }
    return resolved[name] ?? Properties()
  }

  /// What the styles around a paragraph say of its text.
  func paragraph(_ style: String?, in table: Properties) -> Properties {
    table.toggled(properties(style, type: "paragraph"))
  }

  func table(_ style: String?) -> Properties { properties(style, type: "table") }

  /// Why a run is not read; `nil` for one that is.
  ///
  /// - Parameters:
  ///   - node: The run's own `w:rPr`.
  ///   - paragraph: What ``paragraph(_:in:)`` says.
  func mark(of node: MarkupNode?, in paragraph: Properties) -> LeftOut.Kind? {
    var base = paragraph.toggled(properties(node?.child("rStyle")?["val"], type: "character"))
    // What all text has, no style takes away.
    if defaults.strike == true { base.strike = true }
    if defaults.doubleStrike == true { base.doubleStrike = true }
    if defaults.hidden == true { base.hidden = true }
    return Properties(node).over(base).mark
  }
}
