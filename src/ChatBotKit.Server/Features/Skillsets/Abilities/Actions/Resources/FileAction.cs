using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>file.*</c>: the text of the linked file, or of the file that <c>fileId</c> names.</summary>
internal sealed class FileAction(ActionResources resources, TextFiles texts, FileContents contents) : IAbilityAction
{
    private const string Content = "content";

    public IReadOnlyList<string> Names { get; } = ["file.read", "file.write", "file.append", "file.prepend", "file.replace", "file.rw"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "file.read" => Lines,
        "file.write" => [ActionFields.Required(Content, "The new text."), .. Lines],
        "file.rw" => [ActionFields.OneOf("mode", "read or write.", "read", "write"), ActionFields.Optional(Content, "The new text."), .. Lines],
        "file.replace" =>
        [
            ActionFields.Required("search", "The text to replace."), ActionFields.Optional("replace", "The text to put in its place."),
            ActionFields.Number("count", "How often to replace it at most; all by default."),
        ],
        _ => [ActionFields.Required(Content, "The text to add.")],
    };

    /// <summary>The parameters that limit an action to lines.</summary>
    public static IReadOnlyList<AbilityField> Lines { get; } =
        [ActionFields.Number("startLine", "The first line, from 1 on."), ActionFields.Number("endLine", "The last line.")];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var address = call.TextOf("fileId") ?? call.Ability.FileId ?? throw new AbilityException("The ability has no file.");
        var file = await resources.GetAsync(FileKind.Name, address, call.Ability.OwnerId, cancellationToken);
        var text = await texts.ReadAsync(file.Id, ContentRow.OfFile, cancellationToken) ?? "";
        if (call.Action == "file.read" || (call.Action == "file.rw" && call.Require("mode") == "read"))
            return AbilityResult.Of(JsonValue.Create(TextFiles.Lines(text, LineOf(call, "startLine"), LineOf(call, "endLine"))));
        var changed = call.Action switch
        {
            "file.append" => text + call.Require(Content),
            "file.prepend" => call.Require(Content) + text,
            "file.replace" => Replace(text, call.Require("search"), call.TextOf("replace") ?? "", LineOf(call, "count") ?? int.MaxValue),
            _ => TextFiles.ReplaceLines(text, LineOf(call, "startLine"), LineOf(call, "endLine"), call.TextOf(Content) ?? ""),
        };
        await texts.WriteAsync(contents, file, ContentRow.OfFile, NameOf(file), changed, cancellationToken);
        return AbilityResult.Of(new JsonObject { ["id"] = file.Id });
    }

    /// <summary>Returns a whole number of the parameters; null when it is missing.</summary>
    /// <exception cref="AbilityException">It is not a whole number.</exception>
    public static int? LineOf(AbilityCall call, string parameter) => call.TextOf(parameter) is not { } text ? null
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue ? (int)number
        : throw new AbilityException($"\"{parameter}\" must be a whole number.");

    private static string Replace(string text, string search, string by, int count)
    {
        var parts = text.Split(search);
        if (parts.Length == 1)
            throw new AbilityException("The text to replace is not in the file.");
        var replaced = Math.Min(count, parts.Length - 1);
        // The length is checked before the text is made.
        if (text.Length + ((long)by.Length * replaced) > TextFiles.MaxBytes)
            throw new AbilityException($"A file may have at most {TextFiles.MaxBytes} bytes.");
        return string.Join(by, parts[..(replaced + 1)]) + string.Concat(parts[(replaced + 1)..].Select(part => search + part));
    }

    private static string? NameOf(ResourceRow file) => (string?)ActionResources.Item(file, "name")["name"];
}
