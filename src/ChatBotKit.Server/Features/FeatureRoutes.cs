using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Features.Bots.Sessions;
using ChatBotKit.Server.Features.Channels;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Ratings;
using ChatBotKit.Server.Features.Conversations.Runs;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Features.Conversations.Usage;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Features.Digests;
using ChatBotKit.Server.Features.Events;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.GraphQl;
using ChatBotKit.Server.Features.Magic;
using ChatBotKit.Server.Features.Memories;
using ChatBotKit.Server.Features.OpenAi;
using ChatBotKit.Server.Features.Partners.Users;
using ChatBotKit.Server.Features.Platform;
using ChatBotKit.Server.Features.Platform.Models;
using ChatBotKit.Server.Features.Platform.Reports;
using ChatBotKit.Server.Features.Policies;
using ChatBotKit.Server.Features.Secrets;
using ChatBotKit.Server.Features.Server.Backups;
using ChatBotKit.Server.Features.Server.Info;
using ChatBotKit.Server.Features.Server.Migrations;
using ChatBotKit.Server.Features.Server.Tokens;
using ChatBotKit.Server.Features.Server.Work;
using ChatBotKit.Server.Features.Sessions.Audit;
using ChatBotKit.Server.Features.Sessions.Keys;
using ChatBotKit.Server.Features.Sitemaps;
using ChatBotKit.Server.Features.Skillsets.Abilities;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Commands;
using ChatBotKit.Server.Features.Spaces.Sites;
using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Features.Tasks;
using ChatBotKit.Server.Features.Teams;
using ChatBotKit.Server.Features.ToolServers;
using ChatBotKit.Server.Features.Triggers;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Features.Usage;
using ChatBotKit.Server.Features.Vendors;
using ChatBotKit.Server.Features.Widgets;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features;

/// <summary>Maps all routes of the API, feature by feature.</summary>
internal static class FeatureRoutes
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<StatelessRequests>()
        .AddSingleton<RunReading>()
        .AddOpenAi()
        .AddPlatform()
        .AddTriggers()
        .AddDueWorkHandler<ScheduleAdoptionWork>()
        .AddSingleton<VendorChannels>()
        .AddConversations()
        .AddMessages()
        .AddContacts()
        .AddSecrets()
        .AddToolServers()
        .AddSingleton<RatingStore>()
        .AddUploads()
        .AddAttachments()
        .AddFiles()
        .AddDatasets()
        .AddStorage()
        .AddSites()
        .AddAbilities()
        .AddSingleton<AuditReading>()
        .AddSingleton<KeyCommands>()
        .AddDueWorkHandler<KeyRotationWork>()
        .AddSessions()
        .AddSingleton<BotSessionCreation>()
        .AddEventLog()
        .AddWidgets()
        .AddDigests()
        .AddSitemaps()
        .AddSingleton<MemorySearch>()
        .AddSingleton<UsageReading>()
        .AddAccountUsage()
        .AddBackups()
        .AddTokens()
        .AddWork()
        .AddMigrations()
        .AddServerInfo()
        .AddPartnerUsers()
        .AddConfiguredActions()
        .AddBlueprints()
        .AddGraphQl()
        .AddTasks()
        .AddPolicies()
        .AddSingleton(_ => new ResourceKinds(ResourceDeclarations.All))
        .AddResources();

    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        app.MapConversations();
        app.MapMessages();
        app.MapRuns();
        app.MapSessions();
        app.MapSessionAudit();
        app.MapBotSessions();
        app.MapBotUsage();
        app.MapMemorySearch();
        app.MapSessionKeys();
        app.MapChannels();
        app.MapRatings();
        app.MapContacts();
        app.MapSecrets();
        app.MapAttachments();
        app.MapFiles();
        app.MapRecords();
        app.MapRecordImport();
        app.MapDatasetSearch();
        app.MapDatasetFiles();
        app.MapStorage();
        app.MapSites();
        app.MapTasks();
        app.MapAbilities();
        app.MapUsage();
        app.MapAccountUsage();
        app.MapEventLog();
        app.MapReports();
        app.MapTeams();
        app.MapPartners();
        app.MapResources();
        app.MapBlueprints();
        app.MapGraphQl();
        MapServer(app);
        MapIntegrations(app);
        MapCatalogues(app);
    }

    private static void MapServer(IEndpointRouteBuilder app)
    {
        app.MapBackups();
        app.MapTokens();
        app.MapWork();
        app.MapMigrations();
        app.MapServerInfo();
    }

    private static void MapIntegrations(IEndpointRouteBuilder app)
    {
        app.MapWidgets();
        app.MapToolServers();
        app.MapTriggers();
        app.MapDigests();
        app.MapSitemaps();
        app.MapVendors();
    }

    private static void MapCatalogues(IEndpointRouteBuilder app)
    {
        app.MapModels();
        app.MapOpenAi();
        app.MapPlatform();
        app.MapMagic();
    }
}
