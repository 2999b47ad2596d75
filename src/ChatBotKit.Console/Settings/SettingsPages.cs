using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Settings;

/// <summary>The version, the models and the settings of the server. Settings are changed where the server is started.</summary>
internal static class SettingsPages
{
    public static void MapSettings(this IEndpointRouteBuilder routes) => routes.Show(
        "/settings", static async page => page.View<SettingsView, ServerInfo>(await page.Api.Server.InfoAsync(page.Aborted)));
}
