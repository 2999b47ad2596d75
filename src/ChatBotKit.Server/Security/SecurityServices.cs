using ChatBotKit.Server.Data;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

internal static class SecurityServices
{
    private const string ApplicationName = "ChatBotKit.Server";

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton(provider => SecurityOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<StoredKeys>();
        services.AddSingleton(provider => new Lazy<IDataProtectionProvider>(() => HasStoredKeys(provider)
            ? OpenKeys(provider.GetRequiredService<StoredKeys>())
            : OpenKeys(provider.GetRequiredService<SecurityOptions>().KeysDirectory)));
        services.AddSingleton(provider => HasStoredKeys(provider)
            ? new ApiTokenKey(provider.GetRequiredService<StoredKeys>())
            : new ApiTokenKey(provider.GetRequiredService<SecurityOptions>().KeysDirectory));
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<ApiTokenUses>();
        services.AddSingleton<ApiTokenStreams>();
        services.AddSingleton<ShownOnce>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionStreams>();
        services.AddSingleton<AuditQueue>();
        services.AddSingleton<SessionAudit>();
        services.AddSingleton<ServerOwner>();
        services.AddSingleton<SessionOrigins>();
        services.AddSingleton<SessionContacts>();
        services.AddSingleton<SessionBudgets>();
        services.AddSingleton<SessionReuse>();
        services.AddSingleton<VisitorRates>();
        services.AddSingleton<ChildAccounts>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<OwnerBootstrap>();
        services.AddHostedService<AuditService>();
        services.AddHostedService<ApiTokenUseService>();
        return services;
    }

    /// <summary>Opens the key ring at first use. The service that the framework would register reads the keys at every start.</summary>
    private static IDataProtectionProvider OpenKeys(string directory) => DataProtectionProvider.Create(
        OwnerOnly.CreateDirectory(directory), protection => protection.SetApplicationName(ApplicationName));

    private static IDataProtectionProvider OpenKeys(StoredKeys keys)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(ApplicationName).AddKeyManagementOptions(options => options.XmlRepository = keys);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }

    /// <summary>Whether the keys are in the database, because a PostgreSQL database may be shared by servers without a shared directory.</summary>
    private static bool HasStoredKeys(IServiceProvider provider) => provider.GetRequiredService<StoreOptions>().Postgres is not null;
}
