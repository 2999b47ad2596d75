using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Layout;
using ChatBotKit.AdminConsole.Web;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Blueprints;

/// <summary>The settings of a blueprint as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Alias">The alias, which can replace the id.</param>
/// <param name="Description">The description.</param>
public sealed record BlueprintFields(string? Name, string? Alias, string? Description)
{
    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(new { name = Name ?? "Support", alias = Alias, description = Description }, JsonText.WithoutNulls);

    internal static BlueprintFields From(Form form) => new(form.Text("name"), form.Text("alias"), form.Text("description"));

    internal static BlueprintFields Of(BlueprintItem blueprint) => new(blueprint.Name, blueprint.Alias, blueprint.Description);

    internal BlueprintCreateRequest ToCreate() => new() { Name = Name, Alias = Alias, Description = Description };

    internal BlueprintUpdateRequest ToUpdate() => new() { Name = Given(Name), Alias = Given(Alias), Description = Given(Description) };
}

/// <summary>The form of a new blueprint.</summary>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Failure">Why it was not created.</param>
public sealed record BlueprintForm(BlueprintFields Fields, Failure? Failure);

/// <summary>A blueprint with what belongs to it.</summary>
/// <param name="Blueprint">The stored blueprint.</param>
/// <param name="Fields">The content of the form.</param>
public sealed record BlueprintPage(BlueprintItem Blueprint, BlueprintFields Fields)
{
    /// <summary>Gets the resources by category.</summary>
    public required IReadOnlyList<ResourceGroup> Groups { get; init; }

    /// <summary>Gets why the resources can't be listed; null when they are.</summary>
    public required Failure? TooLarge { get; init; }

    /// <summary>Gets the notes that have not expired.</summary>
    public required IReadOnlyList<BlueprintBulletinItem> Notes { get; init; }

    /// <summary>Gets the text of a note that was refused.</summary>
    public string? Note { get; init; }

    /// <summary>Gets why the last action was refused; null when it was not.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>Why the API refused something.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Issues">The issues of an import: where and what.</param>
public sealed record Refusal(Failure Failure, IReadOnlyList<(string Error, string Message)> Issues)
{
    internal static Refusal Of(ChatBotKitException exception) => new(Failure.Of(exception), IssuesOf(exception.ResponseBody ?? ""));

    private static List<(string Error, string Message)> IssuesOf(string body)
    {
        try
        {
            if ((JsonNode.Parse(body) as JsonObject)?["details"] is JsonObject details && details["issues"] is JsonArray issues)
                return [.. issues.OfType<JsonObject>().Select(issue => (ResourcePaths.TextOf(issue, "error") ?? "", ResourcePaths.TextOf(issue, "message") ?? ""))];
        }
        catch (JsonException)
        {
            // The client keeps the beginning of a long answer only. Its message is still shown.
        }

        return [];
    }
}

/// <summary>The resources of one category.</summary>
/// <param name="Category">The category as exports name it.</param>
/// <param name="Resources">The resources.</param>
public sealed record ResourceGroup(string Category, IReadOnlyList<ResourceOfBlueprint> Resources)
{
    internal static IReadOnlyList<ResourceGroup> Of(JsonObject categories) =>
    [
        .. categories.Select(static category => new ResourceGroup(
            category.Key, [.. (category.Value as JsonArray ?? []).OfType<JsonObject>().Select(resource => ResourceOfBlueprint.Of(category.Key, resource))])),
    ];
}

/// <summary>A resource of a blueprint.</summary>
/// <param name="Name">The name; the id when there is none.</param>
/// <param name="Alias">The alias; null when there is none.</param>
/// <param name="Path">The path of its page; null when there is none.</param>
public sealed record ResourceOfBlueprint(string Name, string? Alias, string? Path)
{
    internal static ResourceOfBlueprint Of(string category, JsonObject resource)
    {
        var id = ResourcePaths.TextOf(resource, "id") ?? "";
        return new(ResourcePaths.TextOf(resource, "name").Or(id), ResourcePaths.TextOf(resource, "alias"), ResourcePaths.Of(category, id, resource));
    }
}
