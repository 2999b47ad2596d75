using ChatBotKit.AdminConsole.Automations;
using ChatBotKit.AdminConsole.Blueprints;
using ChatBotKit.AdminConsole.Bots;
using ChatBotKit.AdminConsole.Contacts;
using ChatBotKit.AdminConsole.Conversations;
using ChatBotKit.AdminConsole.Datasets;
using ChatBotKit.AdminConsole.Events;
using ChatBotKit.AdminConsole.Overview;
using ChatBotKit.AdminConsole.Secrets;
using ChatBotKit.AdminConsole.Sessions;
using ChatBotKit.AdminConsole.Settings;
using ChatBotKit.AdminConsole.SignIn;
using ChatBotKit.AdminConsole.Skillsets;
using ChatBotKit.AdminConsole.Tasks;
using ChatBotKit.AdminConsole.ToolServers;
using ChatBotKit.AdminConsole.Usage;
using ChatBotKit.AdminConsole.Web;
using ChatBotKit.AdminConsole.Widgets;
using ChatBotKit.AdminConsole.Work;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole;

/// <summary>All pages of the console.</summary>
internal static class Pages
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapSignIn();
        routes.MapOverview();
        routes.MapBots();
        routes.MapDatasets();
        routes.MapSkillsets();
        routes.MapSecrets();
        routes.MapTasks();
        routes.MapConversations();
        routes.MapSessions();
        routes.MapWidgets();
        routes.MapToolServers();
        routes.MapAutomations();
        routes.MapContacts();
        routes.MapBlueprints();
        routes.MapEvents();
        routes.MapUsage();
        routes.MapWork();
        routes.MapSettings();
    }
}
