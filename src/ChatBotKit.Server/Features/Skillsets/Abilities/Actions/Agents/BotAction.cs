using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Agents;

/// <summary><c>bot.ask</c>, <c>bot.call</c>, <c>bot.list</c> and <c>bot.backstory.*</c>: other bots of the account.</summary>
internal sealed class BotAction(IStore store, ActionResources resources, AgentRuns agents) : IAbilityAction
{
    private const int MaxBots = 5;
    private const string Read = "bot.backstory.read";
    private const string Write = "bot.backstory.write";

    public IReadOnlyList<string> Names { get; } = ["bot.ask", "bot.call", "bot.list", Read, Write];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "bot.ask" => [ActionFields.Required("question", "The question.")],
        "bot.call" => [ActionFields.Required("action", "What the bot is to do, with everything that it needs for it.")],
        Write => [ActionFields.Required("content", "The new backstory.")],
        _ => [],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        switch (call.Action)
        {
            case "bot.list":
                var rows = await resources.ListAsync(BotKind.Name, account, [], cancellationToken);
                return AbilityResult.Of(new JsonArray([.. rows.Select(row => ActionResources.Item(row, "name", "description"))]));
            case Read:
                return AbilityResult.Of(ActionResources.Item(await OwnAsync(call, cancellationToken), "backstory"));
            case Write:
                var bot = await OwnAsync(call, cancellationToken);
                await resources.UpdateAsync(BotKind.Name, bot.Id, account, new JsonObject { ["backstory"] = call.Require("content") }, cancellationToken);
                return AbilityResult.Of(new JsonObject { ["id"] = bot.Id });
        }

        var text = call.Require(call.Action == "bot.ask" ? "question" : "action");
        if (call.TextOf("ids") is not { } ids)
            return AbilityResult.Of(await AskAsync(call, AddressOf(call), text, cancellationToken));
        var addresses = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (addresses.Count is 0 or > MaxBots)
            return AbilityResult.Failed($"\"ids\" must name 1 to {MaxBots} bots.");
        var answers = new JsonObject();
        // One after another, so that a call has one run at a time.
        foreach (var address in addresses)
            answers[address] = await AskAsync(call, address, text, cancellationToken);
        return AbilityResult.Of(answers);
    }

    private async Task<JsonNode> AskAsync(AbilityCall call, string address, string text, CancellationToken cancellationToken)
    {
        var bot = await store.QueryAsync(db => db.FindUsableAsync(BotKind.Name, address, call.Scope.AccountId), cancellationToken)
            ?? throw new AbilityException("There is no such bot.");
        return JsonValue.Create(await agents.AskAsync(call, Bot.From(bot).Persona, bot.Id, text, cancellationToken));
    }

    private Task<ResourceRow> OwnAsync(AbilityCall call, CancellationToken cancellationToken) =>
        resources.GetAsync(BotKind.Name, AddressOf(call), call.Scope.AccountId, cancellationToken);

    private static string AddressOf(AbilityCall call) =>
        call.TextOf("botId") ?? call.Ability.BotId ?? throw new AbilityException("The ability has no bot.");
}
