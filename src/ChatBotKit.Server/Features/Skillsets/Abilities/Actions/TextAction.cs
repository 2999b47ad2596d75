using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Writing;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary><c>text.*</c>: a text that a language model writes.</summary>
internal sealed class TextAction(AbilityModel model) : IAbilityAction
{
    private const string Answer = "Answer with the text alone, without remarks about it.";

    public IReadOnlyList<string> Names { get; } = ["text", "text.generate", "text.summarize", "text.translate", "text.article.generate", "text.email.generate"];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        AbilityField[] fields =
        [
            ActionFields.Optional("directions", action == "text.translate" ? "The language of the result, and other wishes." : "Wishes for the text."),
            ActionFields.Required("source", action is "text.summarize" or "text.translate" ? "The text." : "Everything that the text is to be based on."),
        ];
        return action == "text.article.generate" ? [ActionFields.Required("topic", "The topic of the article."), .. fields] : fields;
    }

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var task = call.Action switch
        {
            "text.summarize" => "Summarize the text.",
            "text.translate" => "Translate the text, into English if the directions name no other language.",
            "text.article.generate" => $"Write an article about {call.Require("topic")}, based on the text.",
            "text.email.generate" => "Write the text of an e-mail, based on the text.",
            _ => "Write a text that is based on the following.",
        };
        var directions = call.TextOf("directions") is { } wishes ? $"\nDirections: {wishes}" : "";
        var source = call.TextOf("source") ?? call.Text;
        if (source.Length == 0)
            return AbilityResult.Failed("The parameter \"source\" is missing.");
        return AbilityResult.Of(JsonValue.Create(await model.AskAsync($"{task}{directions}\n{Answer}", source, call.Scope, call.Usage, cancellationToken)));
    }
}
