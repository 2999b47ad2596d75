using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>An ability as it is executed.</summary>
/// <param name="OwnerId">The account whose secrets the instruction names. All other resources are those of the account of the run.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The description for the model.</param>
/// <param name="Instruction">The instruction.</param>
internal sealed record Ability(string OwnerId, string Name, string Description, string Instruction)
{
    /// <summary>The id; null for an ability of a request.</summary>
    public string? Id { get; init; }

    /// <summary>The skillset; null for an ability of a request.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>The linked secret, by id or alias; null for none.</summary>
    public string? SecretId { get; init; }

    /// <summary>The linked file; null for none.</summary>
    public string? FileId { get; init; }

    /// <summary>The bot on which the ability acts; null for none.</summary>
    public string? BotId { get; init; }

    /// <summary>The linked space, by id or alias; null for none.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Whether runs may call the ability.</summary>
    public bool IsEnabled { get; init; } = true;

    public static Ability Of(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        var item = document.RootElement;
        return new Ability(row.AccountId, Text(item, "name") ?? "", Text(item, "description") ?? "", Text(item, "instruction") ?? "")
        {
            Id = row.Id,
            SkillsetId = row.ParentId,
            SecretId = Text(item, "secretId"),
            FileId = Text(item, "fileId"),
            BotId = Text(item, "botId"),
            SpaceId = Text(item, "spaceId"),
            IsEnabled = IsEnabledIn(item),
        };
    }

    public static Ability Of(InlineAbility ability, string accountId) => new(accountId, ability.Name, ability.Description, ability.Instruction)
    {
        SecretId = ability.Secret,
        SpaceId = ability.Space,
    };

    /// <summary>Whether the document of a skillset or ability says that it is enabled.</summary>
    public static bool IsEnabledIn(JsonElement item) => Text(item, "state") != State.Disabled.Value;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
