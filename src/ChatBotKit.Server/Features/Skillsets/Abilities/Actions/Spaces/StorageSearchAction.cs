using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary><c>space.storage.search</c>: the files of a space whose texts fit a question best, with the line that fits best.</summary>
internal sealed class StorageSearchAction(ActionResources resources, SpaceTexts texts) : IAbilityAction
{
    private const int MaxFound = 10;
    private const int MaxShown = 500;

    public IReadOnlyList<string> Names { get; } = ["space.storage.search"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
        [ActionFields.Required("query", "The words to look for."), ActionFields.Optional("path", "The folder; all files by default.")];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var space = await SpaceOfCall.FindAsync(resources, call, cancellationToken);
        var folder = call.TextOf("path")?.Trim('/') is { Length: > 0 } given ? SpacePath.Parse(given, "path") : "";
        var question = new Question(call.Require("query"));
        var (files, isComplete) = await texts.ReadAsync(space.Id, folder, name: null, cancellationToken);
        var best = TextRanking.Rank([.. files.Select(file => new Passage(file.Path, file.Text))], question, MaxFound);
        return AbilityResult.Of(new JsonObject
        {
            ["files"] = new JsonArray([.. best.Select(index => ItemOf(files[index].Path, files[index].Text, question))]),
            ["isComplete"] = isComplete,
        });
    }

    private static JsonObject ItemOf(string path, string text, Question question)
    {
        var lines = text.Split('\n');
        var best = TextRanking.Rank([.. lines.Select(line => new Passage("", line))], question, 1);
        return best is [var line]
            ? new JsonObject { ["path"] = path, ["line"] = line + 1, ["text"] = FaultText.Clip(lines[line].Trim(), MaxShown) }
            : new JsonObject { ["path"] = path };
    }
}
