using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>The models of the server and the bots of the caller, as models of the OpenAI protocol.</summary>
internal sealed class ChatModelList(ModelRegistry registry, ChatModels models, IStore store, TimeProvider time)
{
    /// <summary>How many bots the list contains: the newest ones. Others can be asked all the same.</summary>
    public const int MaxBots = 100;

    public async Task<JsonAnswer<JsonObject>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var bots = await store.QueryAsync(db => db.ListAsync(OwnBots(caller.AccountId), ResourceTable.Rows.Read), cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var data = new JsonArray();
        foreach (var model in registry.List())
            data.Add((JsonNode)Item(model.Model.Id, model.Provider, now));
        foreach (var bot in bots)
            data.Add((JsonNode)Item(ChatModels.NameOf(bot.Id), "chatbotkit", bot.CreatedAt / 1000));
        return JsonAnswer.Of(new JsonObject { ["object"] = "list", ["data"] = data });
    }

    /// <exception cref="ChatFault">404: there is no such model or bot.</exception>
    public async Task<JsonAnswer<JsonObject>> FindAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        var found = await models.FindAsync(name, caller.AccountId, cancellationToken);
        var owner = found.BotId is null ? found.Model.Provider.Name : "chatbotkit";
        return JsonAnswer.Of(Item(name, owner, time.GetUtcNow().ToUnixTimeSeconds()));
    }

    private static SqlQuery OwnBots(string accountId)
    {
        var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"));
        sql.Add($" AND \"AccountId\" = {accountId} AND \"Kind\" = {Bot.Kind}");
        sql.Add($" ORDER BY \"Id\" DESC LIMIT {MaxBots}");
        return sql;
    }

    private static JsonObject Item(string id, string owner, long created) =>
        new() { ["id"] = id, ["object"] = "model", ["created"] = created, ["owned_by"] = owner };
}
