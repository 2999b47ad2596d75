using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Platform.Search;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Examples;

/// <summary>The examples: bots with what they need, to be cloned.</summary>
internal sealed class ExampleCatalogue(TimeProvider time)
{
    private const string Resource = "examples.json";

    private readonly Lazy<Catalogue<PlatformExampleItem>> _all = new(() => new Catalogue<PlatformExampleItem>([.. Read().Select(EntryOf)], time));

    public Catalogue<PlatformExampleItem> All => _all.Value;

    /// <summary>Returns the resources of an example, by category; null when there is no such example.</summary>
    public static JsonObject? ResourcesOf(string id) => Read().FirstOrDefault(example => Text(example, "id") == id)?["resources"]!.AsObject();

    private static IEnumerable<JsonObject> Read()
    {
        using var stream = typeof(ExampleCatalogue).Assembly.GetManifestResourceStream(Resource)!;
        return [.. JsonNode.Parse(stream)!.AsArray().Select(example => example!.AsObject())];
    }

    private static CatalogueEntry<PlatformExampleItem> EntryOf(JsonObject example)
    {
        var (id, name, description) = (Text(example, "id"), Text(example, "name"), Text(example, "description"));
        IReadOnlyList<string> tags = [.. example["tags"]!.AsArray().Select(tag => tag!.GetValue<string>())];
        return new CatalogueEntry<PlatformExampleItem>(
            id,
            (match, now) => new PlatformExampleItem
            {
                Id = id,
                Name = name,
                Description = description,
                Type = new PlatformExampleType(Text(example, "type")),
                Link = $"{ApiRoutes.Canonical}/platform/example/{id}/fetch",
                Tags = tags,
                CreatedAt = now,
                UpdatedAt = now,
            },
            new Lazy<WordIndex>(() => new WordIndex(
                new WeightedText(name, WordIndex.MaxWeight), new WeightedText(string.Join(' ', tags), 5), new WeightedText(description, 3))));
    }

    private static string Text(JsonObject example, string field) => example[field]!.GetValue<string>();
}
