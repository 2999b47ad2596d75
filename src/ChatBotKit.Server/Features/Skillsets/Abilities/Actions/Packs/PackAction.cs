using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Packs;

/// <summary>
/// <c>pack.*</c>: offers all actions of a pack as functions of their own. The keys of the instruction are parameters of each of them. An
/// execution without a run names the function and its arguments; without a function, its result is the list of the functions.
/// </summary>
/// <param name="services">The services, because the actions of a pack are registered where the pack is.</param>
internal sealed class PackAction(IServiceProvider services) : IAbilityFunctions
{
    private const string FunctionName = "function";
    private const string FunctionArguments = "arguments";

    public IReadOnlyList<string> Names { get; } = [.. AbilityPacks.ByName.Keys];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Optional(FunctionName, "The name of the function; without it, the functions are listed."),
        new(FunctionArguments) { Description = "The arguments of the function.", Type = AbilityField.ObjectType },
    ];

    public Task<IReadOnlyList<AbilityFunction>> ListAsync(AbilityCall call, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AbilityFunction>>([.. MembersOf(call).Select(name => FunctionOf(call, name))]);

    public Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (call.Function is { } function)
            return ExecuteAsync(call, function, call.Arguments, cancellationToken);
        if (FieldText.Plain(call.Arguments[FunctionName]) is { Length: > 0 } name)
            return ExecuteAsync(call, name, call.Arguments[FunctionArguments] as JsonObject ?? [], cancellationToken);
        return Task.FromResult(AbilityResult.Of(new JsonArray([.. MembersOf(call).Select(member => NodeOf(FunctionOf(call, member)))])));
    }

    private static IReadOnlyList<string> MembersOf(AbilityCall call) => AbilityPacks.ByName[call.Action];

    private Task<AbilityResult> ExecuteAsync(AbilityCall call, string name, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (!MembersOf(call).Contains(name))
            throw new AbilityException($"The pack has no function \"{FaultText.Clip(name, 64)}\".");
        return ActionOf(name).ExecuteAsync(call.With(name, ArgumentCheck.Check(Prepare(call, name), arguments)), cancellationToken);
    }

    private AbilityFunction FunctionOf(AbilityCall call, string name)
    {
        var described = Descriptions.Of(name);
        return new AbilityFunction(name, call.Ability.Description.Length == 0 ? described : $"{described} {call.Ability.Description}", ParameterSchema.Of(Prepare(call, name).OfferedFields));
    }

    /// <summary>Prepares an action as if it were the only one of the ability.</summary>
    private PreparedAbility Prepare(AbilityCall call, string name)
    {
        var fields = call.Instruction.Fields;
        var set = call.Map.Entries.Select(entry => entry.Key).Concat(call.Instruction.Parameters.Select(parameter => parameter.Key)).Concat(fields.Select(field => field.Name));
        return new PreparedAbility(call.Ability) { Fields = [.. fields, .. ActionOf(name).FieldsOf(name).ExceptBy(set, field => field.Name)], Presets = call.Presets };
    }

    private IAbilityAction ActionOf(string name) => services.GetRequiredService<AbilityActions>().Find(name)!;

    private static JsonObject NodeOf(AbilityFunction function) => new()
    {
        ["name"] = function.Name,
        ["description"] = function.Description,
        ["parameters"] = JsonNode.Parse(function.Parameters.GetRawText()),
    };

    /// <summary>The descriptions of the functions for the model. That of an ability describes its pack as a whole.</summary>
    private static class Descriptions
    {
        public static string Of(string name) => name switch
        {
            "file.read" => "Reads the text of a file, or some lines of it.",
            "file.write" => "Replaces the text of a file, or some lines of it.",
            "file.append" => "Adds a text at the end of a file.",
            "file.prepend" => "Adds a text at the beginning of a file.",
            "file.replace" => "Replaces a text in a file by another one.",
            "space.storage.list" => "Lists the files of the space.",
            "space.storage.read" => "Reads a file of the space, or some lines of it.",
            "space.storage.search" => "Searches the texts in the files of the space.",
            "space.storage.write" => "Writes a file of the space, or some lines of it.",
            "space.storage.copy" => "Copies a file of the space.",
            "space.storage.move" => "Moves a file of the space to another path.",
            "space.storage.delete" => "Deletes a file of the space.",
            "space.storage.import" => "Stores a file from the web in the space.",
            "space.skill.list" => "Lists the skills of the space: written instructions for recurring work.",
            "space.skill.read" => "Reads a skill of the space, which says how to do a recurring work.",
            "space.skill.create" => "Writes a skill of the space, or replaces it.",
            "task.list" => "Lists the tasks of the bot.",
            "task.create" => "Creates a task, which the bot carries out by itself.",
            "task.fetch" => "Reads a task.",
            "task.update" => "Changes a task.",
            "task.delete" => "Deletes a task.",
            "task.run" => "Starts a task now.",
            "rating.list" => "Lists the newest ratings of conversations with the bot.",
            "rating.create" => "Rates this conversation.",
            "rating.fetch" => "Reads a rating.",
            "rating.delete" => "Deletes a rating.",
            "bot.backstory.read" => "Reads the backstory of the bot, which says how it works.",
            "bot.backstory.write" => "Replaces the backstory of the bot.",
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }
}
