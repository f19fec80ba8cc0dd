/// A pattern as a program that goes back where it can choose, as PCRE2 does, with a bound on its steps: hostile patterns end.
struct PatternProgram {
  private enum Instruction {
    case character(PatternSet)
    case place(PatternPlace)
    /// Goes on at the first, and comes back for the second.
    case split(Int, Int)
    case jump(Int)
    /// Remembers the place in a register.
    case save(Int)
    /// Leaves a loop whose round took nothing.
    case leave(Int, unlessBehind: Int)
    case reference(Int, ignoresCase: Bool)
    /// Looks from here, with what follows up to a match; goes on behind it.
    case around(length: Int?, isNegated: Bool, end: Int)
    case match
  }

  private var instructions: [Instruction] = []
  /// Two for each group, the whole among them, then one for each loop.
  private var registers: Int
  /// How many groups the pattern has.
  let groups: Int

  private static let maximumSize = 20_000
  static let maximumSteps = 2_000_000
  private static let maximumChoices = 500_000

  /// - Throws: ``PatternError``.
  init(_ pattern: String, ignoresCase: Bool) throws {
    let (node, groups) = try PatternParser.parse(pattern, ignoresCase: ignoresCase)
    self.groups = groups
    registers = 2 * (groups + 1)
    try add(node)
    try append(.match)
  }

  private mutating func append(_ instruction: Instruction) throws {
    guard instructions.count < Self.maximumSize else { throw PatternError.unsupported("so large a pattern") }
    instructions.append(instruction)
  }

  private mutating func add(_ node: PatternNode) throws {
    switch node {
    case .character(let set): try append(.character(set))
    case .place(let place): try append(.place(place))
    case .sequence(let nodes): for node in nodes { try add(node) }
    case .group(let number, let node):
      try append(.save(2 * number))
      try add(node)
      try append(.save(2 * number + 1))
    case .reference(let number, let ignoresCase):
      guard number <= groups else { throw PatternError.invalid }
      try append(.reference(number, ignoresCase: ignoresCase))
    case .alternatives(let nodes):
      var ends: [Int] = []
      for node in nodes.dropLast() {
        let split = instructions.count
        try append(.split(split + 1, 0))
        try add(node)
        ends.append(instructions.count)
        try append(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
      }
      if let last = nodes.last { try add(last) }
      for end in ends { instructions[end] = .jump(instructions.count) }
    case .around(let node, let isBehind, let isNegated):
      let start = instructions.count
      try append(.match)
      try add(node)
      try append(.match)
      instructions[start] = .around(
        length: isBehind ? node.length : nil, isNegated: isNegated, end: instructions.count)
    case .repeated(let node, let least, let most, let isLazy):
      for _ in 0..<least { try add(node) }
      try addRest(node, most.map { $0 - least }, isLazy)
    }
  }

  private mutating func addRest(_ node: PatternNode, _ rest: Int?, _ isLazy: Bool) throws {
    func split(_ body: Int, _ end: Int) -> Instruction { isLazy ? .split(end, body) : .split(body, end) }
    guard let rest else {
      let start = instructions.count
      let register = registers
      registers += 1
      try append(.match)
      try append(.save(register))
      try add(node)
      let end = instructions.count + 2
      try append(.leave(end, unlessBehind: register))
      try append(.jump(start))
      instructions[start] = split(start + 1, end)
      return
    }
    var splits: [Int] = []
    for _ in 0..<rest {
      splits.append(instructions.count)
      try append(.match)
      try add(node)
    }
    for place in splits { instructions[place] = split(place + 1, instructions.count) }
  }

  /// Where each group was found, the whole first; `nil` for a group that took no part.
  typealias Match = [Range<Int>?]

  /// Looks for the pattern in a text.
  struct Run {
    private let program: PatternProgram
    let text: [UInt32]
    private(set) var steps = 0
    private var registers: [Int]
    private var choices: [Choice] = []
    /// Where a match would be worth nothing if it is empty.
    private var notEmptyAt: Int?

    private enum Choice {
      case branch(Int, Int)
      case restore(Int, Int)
    }

    init(_ program: PatternProgram, _ text: [UInt32]) {
      self.program = program
      self.text = text
      registers = [Int](repeating: -1, count: program.registers)
    }

    /// The first match from a place on.
    ///
    /// - Throws: ``PatternError/unsupported(_:)`` beyond the bound on steps.
    mutating func first(from start: Int, notEmptyAtStart: Bool = false) throws -> Match? {
      guard start <= text.count else { return nil }
      notEmptyAt = notEmptyAtStart ? start : nil
      for place in start...text.count {
        for index in registers.indices { registers[index] = -1 }
        choices.removeAll(keepingCapacity: true)
        guard let end = try run(0, place, isWhole: true) else { continue }
        return [place..<end]
          + (0..<program.groups).map { group in
            let (first, last) = (registers[2 * group + 2], registers[2 * group + 3])
            return first >= 0 && last >= first ? first..<last : nil
          }
      }
      return nil
    }

    private mutating func set(_ register: Int, _ value: Int) {
      choices.append(.restore(register, registers[register]))
      registers[register] = value
    }

    /// Goes back to the last choice above a floor; `nil` if there is none.
    private mutating func back(to floor: Int) -> (Int, Int)? {
      while choices.count > floor, let choice = choices.popLast() {
        switch choice {
        case .restore(let register, let value): registers[register] = value
        case .branch(let instruction, let place): return (instruction, place)
        }
      }
      return nil
    }

    /// - Returns: Where the match ends.
    private mutating func run(_ start: Int, _ from: Int, isWhole: Bool = false) throws -> Int? {
      let floor = choices.count
      var (instruction, place) = (start, from)
      while true {
        steps += 1
        guard steps <= PatternProgram.maximumSteps, choices.count <= PatternProgram.maximumChoices else {
          throw PatternError.unsupported("a pattern that takes so many steps")
        }
        var goesOn = true
        switch program.instructions[instruction] {
        case .match:
          if isWhole, place == from, notEmptyAt == place { goesOn = false } else { return place }
        case .character(let set):
          goesOn = place < text.count
          if goesOn { goesOn = try set.contains(text[place]) }
          place += 1
          instruction += 1
        case .place(let kind):
          goesOn = try holds(kind, at: place)
          instruction += 1
        case .split(let first, let second):
          choices.append(.branch(second, place))
          instruction = first
        case .jump(let target): instruction = target
        case .save(let register):
          set(register, place)
          instruction += 1
        case .leave(let end, let register): instruction = registers[register] == place ? end : instruction + 1
        case .reference(let group, let ignoresCase):
          let (first, last) = (registers[2 * group], registers[2 * group + 1])
          goesOn = first >= 0 && last >= first && place + last - first <= text.count
          if goesOn {
            steps += last - first
            goesOn = (0..<(last - first)).allSatisfy {
              PatternSet.areSame(text[first + $0], text[place + $0], ignoresCase: ignoresCase)
            }
            place += last - first
          }
          instruction += 1
        case .around(let length, let isNegated, let end):
          let base = choices.count
          let begin = place - (length ?? 0)
          let found = begin < 0 ? nil : try run(instruction + 1, begin)
          if found == nil || isNegated {
            while back(to: base) != nil {}
          } else {
            // What was remembered stays, what could have been otherwise is settled.
            let kept = choices[base...].filter { if case .restore = $0 { true } else { false } }
            choices.replaceSubrange(base..., with: kept)
          }
          goesOn = (found != nil) != isNegated
          instruction = end
        }
        if !goesOn {
          guard let next = back(to: floor) else { return nil }
          (instruction, place) = next
        }
      }
    }

    private func holds(_ kind: PatternPlace, at place: Int) throws -> Bool {
      switch kind {
      case .start: return place == 0
      case .end: return place == text.count
      case .lastLineEnd: return place == text.count || (place == text.count - 1 && text[place] == 0x0A)
      case .lineStart: return place == 0 || (text[place - 1] == 0x0A && place < text.count)
      case .lineEnd: return place == text.count || text[place] == 0x0A
      case .wordBoundary, .noWordBoundary:
        let before = try place > 0 && PatternSet.holds(.word, text[place - 1])
        let behind = try place < text.count && PatternSet.holds(.word, text[place])
        return (before != behind) == (kind == .wordBoundary)
      }
    }
  }
}
