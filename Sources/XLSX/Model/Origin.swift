/// Which object of a file a value was read from. It goes along with the value and its copies, and no two values differ by it.
struct Origin: Hashable, Sendable {
  /// What stands for one object: two marks with the same numbers are still two.
  final class Mark: Sendable {
    /// The place among all of its kind that the part holds, in the order of the part; 0 for what has a part of its own.
    let place: Int
    /// The relationship by which the sheet leads to the object's part; empty for what has none.
    let relationship: String

    /// Whether the categories of a series are numbers, not texts.
    let hasNumericCategories: Bool

    init(place: Int = 0, relationship: String = "", hasNumericCategories: Bool = false) {
      self.place = place
      self.relationship = relationship
      self.hasNumericCategories = hasNumericCategories
    }
  }

  /// `nil` for what came from no file.
  var mark: Mark?

  static func == (first: Origin, second: Origin) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}

/// A value that may come from a file.
protocol FromFile: Equatable {
  var origin: Origin { get }
  /// As it reads when it was written: a length in whole units, a colour as far as it is read.
  var asRead: Self { get }
}

extension FromFile {
  var asRead: Self { self }
}

extension Picture: FromFile {
  var asRead: Picture {
    var picture = self
    for length in [\Picture.width, \Picture.height]
    where picture[keyPath: length] > 0 && picture[keyPath: length] < 1e9 {
      picture[keyPath: length] = Double(DrawingXML.units(picture[keyPath: length]))
    }
    return picture
  }
}

extension Chart: FromFile {
  var asRead: Chart {
    var chart = self
    chart.series = series.map(\.asRead)
    return chart
  }
}

extension Chart.Series: FromFile {
  var asRead: Chart.Series {
    var series = self
    // Of colours only those of their own are read, without their transparency.
    if case .argb(let value)? = color { series.color = .rgb(value & 0xFF_FFFF) } else { series.color = nil }
    return series
  }
}

extension Table: FromFile {}
extension PivotTable: FromFile {}
extension ConditionalFormat: FromFile {}
extension SparklineGroup: FromFile {}

/// What became of the objects of one kind since they were read.
struct ObjectChanges<Object: FromFile> {
  /// Those of the file that are gone.
  private(set) var removed: [(mark: Origin.Mark, object: Object)] = []
  /// Those of the file that are still there, in its order, as they were and as they are.
  var kept: [(mark: Origin.Mark, old: Object, new: Object)] = []
  /// Those that are new, copies of the file's among them.
  var added: [Object] = []

  /// Those of the file that say something else now.
  var changed: [(mark: Origin.Mark, old: Object, new: Object)] { kept.filter { $0.old != $0.new } }
  /// Whether something of the file changes or goes.
  var touchesFile: Bool { !removed.isEmpty || kept.contains { $0.old != $0.new } }
  var isEmpty: Bool { added.isEmpty && !touchesFile }
  /// Whether those of the file stand in another order among themselves.
  private(set) var isReordered = false
  /// As the file has them afterwards.
  var all: [Object] { kept.map(\.new) + added }

  /// Whether what was read again is as many, and what was changed as it should be.
  func isFollowed(by read: [Object]) -> Bool {
    read.count == kept.count + added.count
      && zip(read, kept).allSatisfy { found, known in
        known.old == known.new || found.asRead == known.new.asRead
      }
  }

  /// - Complexity: O(objects)
  init(from old: [Object], to new: [Object]) {
    var now: [ObjectIdentifier: Object] = [:]
    for object in new {
      guard let mark = object.origin.mark, now[ObjectIdentifier(mark)] == nil else { continue }
      now[ObjectIdentifier(mark)] = object
    }
    let known = Set(old.compactMap { $0.origin.mark.map { ObjectIdentifier($0) } })
    for object in old {
      guard let mark = object.origin.mark else { continue }
      if let found = now[ObjectIdentifier(mark)] {
        kept.append((mark, object, found))
      } else {
        removed.append((mark, object))
      }
    }
    var taken: Set<ObjectIdentifier> = []
    let order = new.compactMap { $0.origin.mark.map { ObjectIdentifier($0) } }.filter { known.contains($0) }
    var first: Set<ObjectIdentifier> = []
    isReordered =
      order.filter { first.insert($0).inserted } != kept.map { ObjectIdentifier($0.mark) }
    for object in new {
      if let mark = object.origin.mark.map({ ObjectIdentifier($0) }), known.contains(mark),
        taken.insert(mark).inserted
      {
        continue
      }
      added.append(object)
    }
  }
}
