using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;

/// <summary><c>search</c> in a dataset if the instruction names one, else in the web; <c>search.web</c> and others; <c>dataset.search</c>.</summary>
internal sealed class SearchAction(IStore store, IDatasetReader datasets, WebSearch web, PersonalDataFinder personalData) : IAbilityAction
{
    private const string OfDataset = "dataset.search";
    private const string Query = "query";
    private const int MaxQuestion = 1_000;

    public IReadOnlyList<string> Names { get; } = ["search", "search.web", "search.news", "search.images", "search.videos", OfDataset];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "search" => [],
        OfDataset => [ActionFields.Required("datasetId", "The dataset."), ActionFields.Required(Query, "What to look for.")],
        _ => [ActionFields.Required(Query, "What to look for, in a few words.")],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var question = call.TextOf(Query) ?? call.TextOf("search") ?? call.Text;
        if (question.Length is 0 or > MaxQuestion)
            throw new AbilityException($"The words to look for must have 1 to {MaxQuestion} characters.");
        if ((call.TextOf("datasetId") ?? (call.Action == "search" ? call.TextOf("id") : null)) is { } dataset)
            return AbilityResult.Of(await FindAsync(dataset, question, call.Scope, cancellationToken));
        var kind = call.Action == "search" ? call.TextOf("type") ?? "web" : call.Action["search.".Length..];
        return kind is "web" or "news" or "images" or "videos"
            ? AbilityResult.Of(await web.FindAsync(kind, question, cancellationToken))
            : AbilityResult.Failed($"There is no search of the type \"{kind}\".");
    }

    private async Task<JsonNode> FindAsync(string dataset, string question, FunctionScope scope, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(db => db.FindUsableAsync(DatasetKind.Name, dataset, scope.AccountId), cancellationToken);
        var forModels = scope.IsPrivate ? new RunPrivacy(personalData).Redact(question) : null;
        var found = row is null ? null : await datasets.SearchAsync(row.Id, scope.AccountId, question, forModels, cancellationToken);
        if (found is null)
            throw new AbilityException("There is no such dataset.");
        return new JsonArray(
        [
            .. found.Records.Select(record => new JsonObject { ["text"] = record.Text, ["source"] = record.Source, ["score"] = Math.Round(record.Score, 4) }),
        ]);
    }
}
