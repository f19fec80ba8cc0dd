import Forms
import Foundation

/// What `check`, `status` and `merge` print with `--format json`, byte for byte.
enum Results {
  static func health(_ desk: Desk) async -> Answer {
    let campaign = try? await desk.folder.view(asOf: nil).campaign.id
    return .json(["campaign": .string(orNull: campaign), "version": .string(desk.version)])
  }

  static func check(_ view: FolderView, _ exchange: Exchange) async throws -> Answer {
    let language = exchange.language
    return try await Blocking.heavy {
      .json(
        collected {
          view.checked.writeJSON(campaign: view.campaign, language: language, isMasked: false, to: $0)
        })
    }
  }

  static func status(_ view: FolderView, _ exchange: Exchange) async throws -> Answer {
    let language = exchange.language
    return try await Blocking.heavy {
      .json(
        Consolidation(report: view.checked, campaign: view.campaign, previous: view.previous).statusJSON(
          language: language))
    }
  }

  static func merge(_ view: FolderView, _ exchange: Exchange) async throws -> Answer {
    let language = exchange.language
    return try await Blocking.heavy {
      .json(collected { view.consolidation.writeJSON(language: language, to: $0) })
    }
  }

  private static func collected(_ write: (@escaping (UnsafeRawBufferPointer) -> Void) -> Void) -> [UInt8] {
    let output = Output()
    write { output.bytes.append(contentsOf: $0) }
    return output.bytes + [0x0A]
  }

  private final class Output { var bytes: [UInt8] = [] }
}
