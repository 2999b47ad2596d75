using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>conversation.list</c> and <c>conversation.fetch</c>: earlier conversations, also only those of the bot or contact of the run.</summary>
internal sealed class ConversationAction(IStore store) : IAbilityAction
{
    private const string Id = "conversationId";
    private const int MaxListed = 50;
    private const int MaxMessages = 200;
    private const int MaxCharacters = 100_000;

    public IReadOnlyList<string> Names { get; } = ["conversation.list", "conversation.fetch"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
        action == "conversation.fetch" ? [ActionFields.Required(Id, "The id of the conversation.")] : [];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        var links = ActionScope.Of(call);
        if (call.Action == "conversation.list")
        {
            var rows = await ListAsync(call, MaxListed, cancellationToken);
            return AbilityResult.Of(new JsonArray([.. rows.Select(ItemOf)]));
        }

        var conversation = await store.QueryAsync(db => db.FindConversationAsync(call.Require(Id), account), cancellationToken);
        if (conversation is null || links.Any(link => link.Id != (link.Field == "botId" ? conversation.BotId : conversation.ContactId)))
            return AbilityResult.Failed("There is no such conversation.");
        var messages = await store.ListMessagesAsync(conversation.Id, cursor: null, descending: false, MaxMessages, MaxCharacters, cancellationToken);
        var item = ItemOf(conversation);
        item["messages"] = new JsonArray(
        [
            .. messages.Where(message => message.Type is TranscriptMessage.User or TranscriptMessage.Bot)
                .Select(message => new JsonObject { ["type"] = message.Type, ["text"] = message.Text }),
        ]);
        return AbilityResult.Of(item);
    }

    /// <summary>Lists the newest conversations of the scope of a call.</summary>
    public async Task<List<ConversationRow>> ListAsync(AbilityCall call, int take, CancellationToken cancellationToken)
    {
        var query = new SqlQuery().AddSql(ConversationTable.Rows.Select("WHERE TRUE")).Add($" AND \"AccountId\" = {call.Scope.AccountId}");
        foreach (var (field, id) in ActionScope.Of(call))
            query.AddSql(field == "botId" ? " AND \"BotId\"" : " AND \"ContactId\"").Add($" = {id}");
        query.AddPage(descending: true, behind: null, take);
        return await store.QueryAsync(db => db.ListAsync(query, ConversationTable.Rows.Read), cancellationToken);
    }

    public static JsonObject ItemOf(ConversationRow row) => new()
    {
        ["id"] = row.Id,
        ["name"] = row.Name,
        ["description"] = row.Description,
        ["createdAt"] = row.CreatedAt,
    };
}
