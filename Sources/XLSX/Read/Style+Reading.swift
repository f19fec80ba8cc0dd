extension Font {
  /// Reads a `<font>` of the styles, or the `<rPr>` of a text run, which names its font `rFont`.
  init(element: XMLElement) {
    self.init()
    for child in element.children {
      switch child.name {
      case "name", "rFont": name = child["val"] ?? name
      case "sz": size = child.number("val") ?? size
      case "b": isBold = child.flag("val") ?? true
      case "i": isItalic = child.flag("val") ?? true
      case "strike": isStruckThrough = child.flag("val") ?? true
      case "u": underline = child["val"].map { Underline(rawValue: $0) ?? .single } ?? .single
      case "vertAlign":
        verticalPosition = child["val"].flatMap { VerticalPosition(rawValue: $0) } ?? .baseline
      case "color": color = Color(element: child)
      default: break
      }
    }
  }
}

extension Color {
  /// Reads a colour's attributes; `nil` if there are none that say a colour.
  init?(element: XMLElement) {
    if let text = element["rgb"], let value = UInt32(text, radix: 16) {
      // Six digits are a colour without alpha, which is what some writers mean by eight with alpha 00 as well.
      self = .argb(text.utf8.count <= 6 ? 0xFF00_0000 | value : value)
    } else if let theme = element.integer("theme") {
      self = .theme(theme, tint: element.number("tint") ?? 0)
    } else if let index = element.integer("indexed") {
      // 64 and 65 are the system's foreground and background.
      self = index == 64 || index == 65 ? .automatic : .indexed(index)
    } else if element.flag("auto") == true {
      self = .automatic
    } else {
      return nil
    }
  }
}

extension Fill {
  /// Reads a `<fill>`. Of a gradient, which this library does not draw, the first colour remains.
  init(element: XMLElement) {
    self = .none
    if let pattern = element.child("patternFill") {
      let foreground = pattern.child("fgColor").flatMap { Color(element: $0) }
      let background = pattern.child("bgColor").flatMap { Color(element: $0) }
      switch pattern["patternType"] {
      case nil, "none": break
      case "solid": self = .solid(foreground ?? .automatic)
      case let name?: self = .pattern(name, foreground: foreground, background: background)
      }
    } else if let gradient = element.child("gradientFill"),
      let color = gradient.child("stop")?.child("color").flatMap({ Color(element: $0) })
    {
      self = .solid(color)
    }
  }
}

extension Borders {
  /// Reads a `<border>`. Strict files may say `start` and `end` for left and right.
  init(element: XMLElement) {
    self.init()
    for child in element.children {
      let line = child["style"].flatMap { LineStyle(rawValue: $0) }.map {
        let color = child.child("color").flatMap { Color(element: $0) }
        return Line($0, color: color == .automatic ? nil : color)
      }
      switch child.name {
      case "left", "start": left = line
      case "right", "end": right = line
      case "top": top = line
      case "bottom": bottom = line
      case "diagonal": diagonal = line
      default: break
      }
    }
    diagonalUp = element.flag("diagonalUp") ?? false
    diagonalDown = element.flag("diagonalDown") ?? false
  }
}

extension Alignment {
  init(element: XMLElement) {
    self.init(
      horizontal: element["horizontal"].flatMap { Horizontal(rawValue: $0) } ?? .general,
      vertical: element["vertical"].flatMap { Vertical(rawValue: $0) } ?? .bottom,
      wrapsText: element.flag("wrapText") ?? false, shrinksToFit: element.flag("shrinkToFit") ?? false,
      indent: max(0, min(250, element.integer("indent") ?? 0)),
      rotation: Self.degrees(element.integer("textRotation") ?? 0))
  }

  /// The file counts 0…90 upwards and 91…180 downwards; 255 stacks the letters.
  private static func degrees(_ rotation: Int) -> Int {
    switch rotation {
    case 0...90, 255: rotation
    case 91...180: 90 - rotation
    default: 0
    }
  }
}

extension ConditionalFormat.Appearance {
  /// Reads a `<dxf>`, which holds only what differs. Its solid fills keep their colour as the *background*.
  init(element: XMLElement) {
    self.init()
    if let font = element.child("font") {
      fontColor = font.child("color").flatMap { Color(element: $0) }
      isBold = font.child("b").map { $0.flag("val") ?? true }
      isItalic = font.child("i").map { $0.flag("val") ?? true }
    }
    if let pattern = element.child("fill")?.child("patternFill") {
      fill = (pattern.child("bgColor") ?? pattern.child("fgColor")).flatMap { Color(element: $0) }
    }
    borders = element.child("border").map { Borders(element: $0) }
  }
}
