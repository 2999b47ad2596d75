using System.Text.Json.Nodes;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.Spaces;
using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>A content that a new resource gets.</summary>
internal sealed record ImportSeed(ImportedResource Resource, string Path, string ContentType, string Text);

/// <summary>
/// Reads the initial contents of new resources: <c>$text</c> of a file, and <c>$files</c> of a space. A resource that exists keeps its
/// contents.
/// </summary>
internal static class ImportSeeds
{
    private const string Files = "$files";
    private const string Text = "$text";

    /// <returns>The contents.</returns>
    public static IReadOnlyList<ImportSeed> Of(IReadOnlyList<ImportedResource> resources, ImportIssues issues)
    {
        var seeds = new List<ImportSeed>();
        foreach (var resource in resources.Where(resource => resource.Existing is null))
        {
            if (resource.Kind.Name == FileKind.Name && resource.Given[Text] is { } text)
                AddText(resource, text, seeds, issues);
            else if (resource.Kind.Name == SpaceKind.Name && resource.Given[Files] is { } files)
                AddFiles(resource, files, seeds, issues);
        }

        if (seeds.Count > BlueprintReading.MaxResources)
            issues.Add("too_many_resources", $"At most {BlueprintReading.MaxResources} files can be imported together");
        return seeds;
    }

    private static void AddText(ImportedResource resource, JsonNode text, List<ImportSeed> seeds, ImportIssues issues)
    {
        if (text is not JsonValue value || !value.TryGetValue<string>(out var content))
        {
            issues.Add(resource, "invalid_resource", $"\"{Text}\" must be a text", Text);
            return;
        }

        var name = FileNames.TypeOf(given: null, ImportedResource.TextOf(resource.Given[ResourceFields.Name]));
        var type = name == FileNames.UnknownType ? "text/plain" : name;
        seeds.Add(new ImportSeed(resource, ContentRow.OfFile, type, content));
        // As after an upload, the metadata has the media type.
        if (resource.Fields[ResourceFields.Meta] is not JsonObject meta)
            resource.Fields[ResourceFields.Meta] = meta = [];
        meta[FileContents.ContentTypeField] = type;
    }

    private static void AddFiles(ImportedResource resource, JsonNode files, List<ImportSeed> seeds, ImportIssues issues)
    {
        if (files is not JsonArray entries)
        {
            issues.Add(resource, "invalid_resource", $"\"{Files}\" must be an array", Files);
            return;
        }

        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry is not JsonObject file || ImportedResource.TextOf(file["path"]) is not { } given
                || file["content"] is not JsonValue value || !value.TryGetValue<string>(out var content))
            {
                issues.Add(resource, "invalid_resource", $"each element of \"{Files}\" must have a \"path\" and a \"content\"", Files);
                continue;
            }

            if (TryParse(resource, given, issues) is not { } path)
                continue;
            if (!paths.Add(path))
                issues.Add(resource, "invalid_resource", $"\"{Files}\" has the path \"{path}\" twice", Files);
            var type = FileNames.TypeOf(given: null, SpacePath.NameOf(path));
            seeds.Add(new ImportSeed(resource, path, type == FileNames.UnknownType ? "text/plain" : type, content));
        }

        if (paths.FirstOrDefault(path => SpacePath.FoldersOf(path).Any(paths.Contains)) is { } below)
            issues.Add(resource, "invalid_resource", $"\"{Files}\": \"{below}\" is below a file", Files);
    }

    private static string? TryParse(ImportedResource resource, string given, ImportIssues issues)
    {
        try
        {
            return SpacePath.Parse(given, "path");
        }
        catch (ApiException exception)
        {
            issues.Add(resource, "invalid_resource", exception.Message, Files);
            return null;
        }
    }

}
