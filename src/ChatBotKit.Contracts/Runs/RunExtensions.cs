using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// Specifies what a single run adds to the settings of its bot. The server ignores it in calls with a session token of an
/// end user.
/// </summary>
public sealed record RunExtensions
{
    /// <summary>Gets the text that is added to the bot's backstory.</summary>
    public string? Backstory { get; init; }

    /// <summary>Gets the datasets whose records the model sees without a search.</summary>
    public IReadOnlyList<DatasetExtension>? Datasets { get; init; }

    /// <summary>Gets the skillsets whose abilities the model may use.</summary>
    public IReadOnlyList<SkillsetExtension>? Skillsets { get; init; }

    /// <summary>Gets the features that are switched on.</summary>
    public IReadOnlyList<FeatureExtension>? Features { get; init; }
}

/// <summary>A dataset of the request whose records the model sees without a search.</summary>
public sealed record DatasetExtension
{
    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the records.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the records.</summary>
    public required IReadOnlyList<RecordExtension> Records { get; init; }
}

/// <summary>One record of a <see cref="DatasetExtension"/>.</summary>
public sealed record RecordExtension
{
    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the custom metadata about the record.</summary>
    public JsonObject? Meta { get; init; }
}

/// <summary>Abilities that the model may use.</summary>
public sealed record SkillsetExtension
{
    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the abilities have in common.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the abilities.</summary>
    public required IReadOnlyList<AbilityExtension> Abilities { get; init; }
}

/// <summary>One ability of a <see cref="SkillsetExtension"/>.</summary>
public sealed record AbilityExtension
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the ability does, by which the model decides when to call it.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the instruction that is carried out.</summary>
    public required string Instruction { get; init; }

    /// <summary>Gets the id of the secret that the ability uses, in the spelling of the published document.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the id of the secret that the ability uses, in the newer spelling.</summary>
    public string? LinkedSecretId { get; init; }

    /// <summary>Gets the id of the space that the ability uses.</summary>
    public string? LinkedSpaceId { get; init; }

    /// <summary>Gets the custom metadata about the ability.</summary>
    public JsonObject? Meta { get; init; }
}

/// <summary>A feature that is switched on for a run.</summary>
public sealed record FeatureExtension
{
    /// <summary>Gets the name of the feature.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its settings, which depend on the feature.</summary>
    public JsonObject? Options { get; init; }
}
