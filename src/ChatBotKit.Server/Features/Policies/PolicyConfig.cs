using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Policies;

/// <summary>Checks the configuration of a policy, whose fields depend on the type.</summary>
internal static class PolicyConfig
{
    private static readonly string[] Metrics = ["tokens", "messages", "conversations"];

    public static void Check(PolicyType type, JsonObject config, Faults faults)
    {
        if (type == PolicyType.Retention)
        {
            CheckFields(config, "config", ["expiresInDays"], faults);
            CheckPositive(config, "config", "expiresInDays", isWhole: true, faults);
        }
        else if (type == PolicyType.Usage)
        {
            CheckUsage(config, faults);
        }
    }

    private static void CheckUsage(JsonObject config, Faults faults)
    {
        CheckFields(config, "config", ["metric", "threshold", "windowInSeconds", "actions"], faults);
        if (!Metrics.Contains(TextOf(config["metric"])))
            faults.Add($"\"config.metric\" must be one of {string.Join(", ", Metrics)}");
        CheckPositive(config, "config", "threshold", isWhole: false, faults);
        CheckPositive(config, "config", "windowInSeconds", isWhole: false, faults);
        if (config["actions"] is not JsonObject actions || (actions["block"] is null && actions["email"] is null))
        {
            faults.Add("\"config.actions\" must hold block, email or both");
            return;
        }

        CheckFields(actions, "config.actions", ["block", "email"], faults);
        if (actions["block"] is JsonObject block)
        {
            CheckFields(block, "config.actions.block", ["durationInSeconds"], faults);
            CheckPositive(block, "config.actions.block", "durationInSeconds", isWhole: false, faults);
        }
        else if (actions["block"] is not null)
        {
            faults.Add("\"config.actions.block\" must be an object");
        }

        if (actions["email"] is { } email && !IsEmail(email))
            faults.Add("\"config.actions.email\" must be an address, several in an array, or an object with the field to");
    }

    private static bool IsEmail(JsonNode email) => email switch
    {
        JsonArray addresses => addresses.Count > 0 && addresses.All(IsAddress),
        JsonObject target => target.All(field => field.Key == "to")
            && (target["to"] is not { } to || (to is JsonArray several ? several.All(IsAddress) : IsAddress(to))),
        _ => IsAddress(email),
    };

    private static bool IsAddress(JsonNode? value) => TextOf(value) is { } text && EmailAddresses.IsValid(text);

    private static void CheckFields(JsonObject config, string path, string[] known, Faults faults)
    {
        foreach (var (field, _) in config)
        {
            if (!known.Contains(field))
                faults.Add($"\"{path}.{field}\" is not allowed");
        }
    }

    private static void CheckPositive(JsonObject config, string path, string field, bool isWhole, Faults faults)
    {
        var value = config[field]?.GetValueKind() == JsonValueKind.Number && double.TryParse(
            config[field]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        if (!(value > 0) || double.IsInfinity(value) || (isWhole && value != Math.Floor(value)))
            faults.Add($"\"{path}.{field}\" must be a {(isWhole ? "whole " : "")}number above 0");
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
