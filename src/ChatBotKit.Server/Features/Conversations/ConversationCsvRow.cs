using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>A conversation as a row of a table, with its messages as readable text.</summary>
internal sealed record ConversationCsvRow
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ContactId { get; init; }

    public string? TaskId { get; init; }

    public string? SpaceId { get; init; }

    public string? BotId { get; init; }

    public string? DatasetId { get; init; }

    public string? SkillsetId { get; init; }

    public string? Backstory { get; init; }

    public string? Model { get; init; }

    public JsonObject? Meta { get; init; }

    /// <summary>The messages, one paragraph each, such as <c>user: Hello</c>, separated by empty lines.</summary>
    public required string Messages { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static ConversationCsvRow From(ConversationExportItem item) => new()
    {
        Id = item.Id,
        Name = item.Name,
        Description = item.Description,
        ContactId = item.ContactId,
        TaskId = item.TaskId,
        SpaceId = item.SpaceId,
        BotId = item.BotId,
        DatasetId = item.DatasetId,
        SkillsetId = item.SkillsetId,
        Backstory = item.Backstory,
        Model = item.Model,
        Meta = item.Meta,
        Messages = string.Join("\n\n", (item.Messages ?? []).Select(message => $"{message.Type}: {message.Text}")),
        CreatedAt = item.CreatedAt,
        UpdatedAt = item.UpdatedAt,
    };
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConversationCsvRow))]
internal sealed partial class ConversationCsvJsonContext : JsonSerializerContext;
