namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactSetup
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<ContactStore>()
        .AddSingleton<ContactLinks>();
}
