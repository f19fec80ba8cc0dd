// swift-tools-version: 6.2
import PackageDescription

// libFuzzer targets, in a package of their own: they are built with sanitizers, by `Fuzz/run`, and nothing depends on them.
let targets = ["fuzz-scanner", "fuzz-package", "fuzz-edit", "fuzz-formula", "fuzz-encryption"]

let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "huizong", path: "..")],
  targets: [
    .target(name: "Harness", dependencies: [.product(name: "XLSX", package: "huizong")])
  ]
    + targets.map { name in
      .executableTarget(
        name: name, dependencies: ["Harness", .product(name: "XLSX", package: "huizong")])
    },
  swiftLanguageModes: [.v6]
)
