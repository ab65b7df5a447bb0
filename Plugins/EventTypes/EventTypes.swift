import Foundation
import PackagePlugin

/// Generates the event types of a service from its `service.yaml` and the package's `schemas/`, before it is compiled.
///
/// Runs again only when one of these files changes. Nothing that it writes is committed.
@main
struct EventTypes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let manifest = target.directoryURL.appendingPathComponent("service.yaml")
        let schemas = context.package.directoryURL.appendingPathComponent("schemas")
        let output = context.pluginWorkDirectoryURL.appendingPathComponent("EventTypes.swift")
        return [
            .buildCommand(
                displayName: "Generating the event types of \(target.name)",
                executable: try context.tool(named: "EventTypeGenerator").url,
                arguments: [target.moduleName, manifest.path, schemas.path, output.path],
                inputFiles: [manifest] + schemaFiles(in: schemas),
                outputFiles: [output]
            )
        ]
    }

    private func schemaFiles(in folder: URL) -> [URL] {
        // Resolved, because a walk doesn't enter a symbolic link.
        let folder = folder.resolvingSymlinksInPath()
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "json" && !$0.lastPathComponent.hasSuffix(".examples.json") }
            .sorted { $0.path < $1.path }
    }
}
