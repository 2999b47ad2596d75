using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Channels;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Checks the functions of a request. Parameters may be any JSON Schema of type object.</summary>
internal static partial class FunctionRules
{
    private const int MaxFunctions = 100;
    private const int MaxNameLength = 64;

    public static IReadOnlyList<EngineFunction> Read(IReadOnlyList<FunctionDefinition>? functions, Faults faults)
    {
        if (functions is null)
            return [];
        if (functions.Count > MaxFunctions)
            faults.Add($"\"functions\" may not hold more than {MaxFunctions}");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<EngineFunction>(functions.Count);
        for (var i = 0; i < functions.Count && !faults.IsFull; i++)
        {
            var field = $"functions[{i}]";
            if (!names.Add(functions[i].Name))
                faults.Add($"\"{field}.name\" is there twice");
            read.Add(Read(functions[i], field, faults));
        }
        return read;
    }

    private static EngineFunction Read(FunctionDefinition function, string field, Faults faults)
    {
        if (function.Name.Length > MaxNameLength || !Name().IsMatch(function.Name))
            faults.Add($"\"{field}.name\" must be up to {MaxNameLength} letters, digits, _ or $, and start with a letter or $");
        if (function.Description.Length == 0)
            faults.Add($"\"{field}.description\" is not allowed to be empty");
        faults.CheckText(function.Description, $"{field}.description");
        faults.CheckJson(function.Parameters, $"{field}.parameters");
        if (function.Result is { Data.IsSpecified: true } given)
            faults.CheckJson(given.Data.Value, $"{field}.result.data", FieldRules.MaxResultBytes);
        var parameters = ToolSchema.Normalize(function.Parameters, out var fault);
        if (fault is not null)
            faults.Add($"\"{field}.parameters.{fault}");

        var result = function.Result;
        if (result is { Data.IsSpecified: false, Channel: null })
            faults.Add($"\"{field}.result\" must hold data or channel");
        if (result?.Channel is { } channel && channel.Length is < ChannelRules.MinIdLength or > ChannelRules.MaxIdLength)
            faults.Add($"\"{field}.result.channel\" must be {ChannelRules.MinIdLength} to {ChannelRules.MaxIdLength} characters long");

        return new EngineFunction
        {
            Name = function.Name,
            Description = function.Description,
            Parameters = parameters,
            Data = result is { Data.IsSpecified: true } ? result.Data.Value?.ToJsonString() ?? "null" : null,
            Channel = result?.Channel,
            IsOfRequest = true,
            CallAtStart = function.Call?.Start ?? false,
            CallAtEnd = function.Call?.End ?? false,
        };
    }

    [GeneratedRegex(@"^(?!_)[A-Za-z$][A-Za-z0-9_$]*\z")]
    private static partial Regex Name();
}
