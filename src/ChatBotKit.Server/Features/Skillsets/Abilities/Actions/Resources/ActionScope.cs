using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>
/// The part of an account's resources on which an ability works, by the parameter <c>scope</c>: all, or those of the bot or of the contact
/// of the run.
/// </summary>
internal static class ActionScope
{
    /// <summary>Returns the fields that the resources must have.</summary>
    /// <exception cref="AbilityException">The run has no bot or contact, or the scope is unknown.</exception>
    public static IReadOnlyList<(string Field, string Id)> Of(AbilityCall call) => call.TextOf("scope") switch
    {
        null => [],
        "bot" => [("botId", call.Ability.BotId ?? call.Scope.BotId ?? throw new AbilityException("This run has no bot."))],
        "contact" => [("contactId", call.Scope.ContactId ?? throw new AbilityException("This run has no contact."))],
        var scope => throw new AbilityException($"There is no scope \"{scope}\"."),
    };

    /// <summary>Checks that a resource belongs to the scope.</summary>
    /// <exception cref="AbilityException">It does not.</exception>
    public static void Check(AbilityCall call, Data.ResourceRow row)
    {
        var document = ActionResources.Item(row, [.. Of(call).Select(link => link.Field)]);
        if (Of(call).Any(link => (string?)document[link.Field] != link.Id))
            throw new AbilityException($"There is no such {row.Kind}.");
    }

    public static void AddTo(AbilityCall call, JsonObject fields)
    {
        foreach (var (field, id) in Of(call))
            fields[field] = id;
    }
}
