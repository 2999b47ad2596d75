using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

/// <summary>
/// What a token of a user is restricted to. A restriction that the server does not know or enforce is refused: the partner who sends it
/// would hand out a token that opens more than it is thought to.
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

    /// <summary>The JSON that is stored; null when nothing is restricted.</summary>
    public static string? ToJson(JsonObject? config) => config?[AllowedRoutes] is JsonArray routes ? ToJson(routes) : null;

    /// <summary>The same for a session.</summary>
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
