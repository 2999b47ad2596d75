using ChatBotKit.Server.Features.Blueprints.Bulletins;
using ChatBotKit.Server.Features.Blueprints.Import;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintSetup
{
    public static IServiceCollection AddBlueprints(this IServiceCollection services) => services
        .AddSingleton<BlueprintCategories>()
        .AddSingleton<BlueprintReading>()
        .AddSingleton<BlueprintImport>()
        .AddSingleton<BlueprintCloning>()
        .AddSingleton<BulletinBoard>();
}
