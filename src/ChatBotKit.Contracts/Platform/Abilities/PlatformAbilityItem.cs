using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A ready-made ability, which is a template for the abilities of skillsets.</summary>
public sealed record PlatformAbilityItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name by which instructions of abilities refer to it.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the ability does, as described to the model.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the instruction to put into an ability.</summary>
    public required string Instruction { get; init; }

    /// <summary>Gets the JSON schema of the data that the model must extract: an object with <c>properties</c>.</summary>
    public required JsonObject Schema { get; init; }

    /// <summary>Gets the bot that the ability needs; null for none.</summary>
    public string? Bot { get; init; }

    /// <summary>Gets the file that the ability needs; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Gets the secret that the ability needs; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets the space that the ability needs; null for none.</summary>
    public string? Space { get; init; }

    /// <summary>Gets the provider of the service.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the icon.</summary>
    public required string Icon { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets the steps that are needed before the template can be used.</summary>
    public string? Setup { get; init; }

    /// <summary>Gets remarks for readers.</summary>
    public string? Commentary { get; init; }

    /// <summary>Gets how well the entry matches, 0 to 1; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>Gets the passage that matches; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Excerpt { get; init; }

    /// <summary>Gets the address of its page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the entry was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
