using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

/// <summary>
/// The restrictions of a token of a user. An unknown restriction, or one that the server does not enforce, is refused. Otherwise the
/// token would give access to more than the partner intends.
/// </summary>
internal static class UserTokenConfig
{
    private const string AllowedRoutes = "allowedRoutes";

    public static void CheckConfig(this Faults faults, JsonObject? config)
    {
        foreach (var (name, value) in config ?? [])
        {
            if (name == AllowedRoutes)
                faults.CheckRoutes(value);
            else if (value is not null)
                faults.Add($"\"config.{name}\" is not allowed: this server can't restrict a token by it");
        }
    }

    /// <summary>Returns the JSON to store for a token; null when it has no restrictions.</summary>
    public static string? ToJson(JsonObject? config) => config?[AllowedRoutes] is JsonArray routes ? ToJson(routes) : null;

    /// <summary>Returns the JSON to store for a session; null when it has no restrictions.</summary>
    public static string? ToJson(PartnerUserSessionConfig? config) =>
        config?.AllowedRoutes is { } routes ? ToJson(new JsonArray([.. routes.Select(route => JsonValue.Create(route))])) : null;

    private static string ToJson(JsonArray routes) =>
        new JsonObject { [AllowedRoutes] = routes.DeepClone() }.ToJsonString(ChatBotKitJson.ServerOptions);

    private static void CheckRoutes(this Faults faults, JsonNode? value)
    {
        if (value is null)
            return;
        if (value is JsonArray routes && routes.All(route => route is JsonValue text && text.TryGetValue<string>(out _)))
            Security.AllowedRoutes.Check([.. routes.Select(route => route!.GetValue<string>())], faults);
        else
            faults.Add($"\"config.{AllowedRoutes}\" must be an array of texts");
    }
}
