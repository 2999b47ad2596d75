using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The settings of a bot that runs need.</summary>
/// <param name="OwnerId">The account that owns it.</param>
/// <param name="Visibility">Who else may use it.</param>
/// <param name="Persona">Its settings.</param>
internal sealed record Bot(string OwnerId, string? Visibility, Persona Persona)
{
    public const string Kind = "bot";

    /// <summary>The memory that a bot takes without its backstory, in characters.</summary>
    private const int Overhead = 500;

    /// <summary>The memory that the bot takes, in characters.</summary>
    public int Characters => Overhead + (Persona.Backstory?.Length ?? 0);

    public static Bot From(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        var fields = document.RootElement;
        return new Bot(row.AccountId, Text(fields, ResourceUse.Field), new Persona(Text(fields, "model"), Text(fields, "backstory"))
        {
            DatasetId = Text(fields, "datasetId"),
            SkillsetId = Text(fields, "skillsetId"),
            Privacy = Flag(fields, "privacy"),
            Moderation = Flag(fields, "moderation"),
        });
    }

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool? Flag(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
