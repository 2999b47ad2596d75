using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Spaces.Storage;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary>
/// <c>space.skill.*</c>: the skills of a space, which are written instructions for recurring work. A skill is a file
/// <c>skills/&lt;name&gt;/SKILL.md</c>, whose first lines are its name and description between lines of three dashes.
/// </summary>
internal sealed class SpaceSkillAction(ActionResources resources, TextFiles texts, SpaceTexts spaceTexts, StorageContents contents) : IAbilityAction
{
    private const string Folder = "skills";
    private const string FileName = "SKILL.md";
    private const string Fence = "---";
    private const int MaxName = 64;
    private const int MaxDescription = 1_000;

    public IReadOnlyList<string> Names { get; } = ["space.skill.list", "space.skill.read", "space.skill.create"];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        var name = ActionFields.Required("name", "The name of the skill: letters, digits and dashes.");
        return action switch
        {
            "space.skill.read" => [name],
            "space.skill.create" =>
                [name, ActionFields.Required("description", "For what the skill is, in one line."), ActionFields.Required("content", "The instructions, in Markdown.")],
            _ => [],
        };
    }

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var space = await SpaceOfCall.FindAsync(resources, call, cancellationToken);
        if (call.Action == "space.skill.list")
        {
            var (files, _) = await spaceTexts.ReadAsync(space.Id, Folder, FileName, cancellationToken);
            return AbilityResult.Of(new JsonArray([.. files.Where(file => file.Path.Split('/').Length == 3).Select(file => ItemOf(file.Path, file.Text))]));
        }

        var name = NameIn(call);
        var path = $"{Folder}/{name}/{FileName}";
        if (call.Action == "space.skill.read")
            return AbilityResult.Of(JsonValue.Create(await texts.ReadAsync(space.Id, path, cancellationToken) ?? throw new AbilityException("There is no such skill.")));
        var description = FaultText.Clip(call.Require("description").ReplaceLineEndings(" ").Trim(), MaxDescription);
        var text = $"{Fence}\nname: {name}\ndescription: {description}\n{Fence}\n\n{call.Require("content").Trim()}\n";
        await texts.WriteAsync(contents, space, path, name: null, text, cancellationToken);
        return AbilityResult.Of(new JsonObject { ["name"] = name, ["path"] = path });
    }

    private static string NameIn(AbilityCall call)
    {
        var name = call.Require("name");
        return name.Length <= MaxName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw new AbilityException($"The name of a skill has at most {MaxName} letters, digits and dashes.");
    }

    private static JsonObject ItemOf(string path, string text) =>
        new() { ["name"] = path.Split('/')[1], ["path"] = path, ["description"] = DescriptionIn(text) };

    private static string DescriptionIn(string text)
    {
        var lines = text.Split('\n', 20);
        if (lines[0].Trim() != Fence)
            return "";
        const string Key = "description:";
        var line = lines.Skip(1).TakeWhile(one => one.Trim() != Fence).FirstOrDefault(one => one.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? "" : line[Key.Length..].Trim().Trim('"', '\'');
    }
}
