using ChatBotKit.Server.Features.Contacts.Ratings;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactSetup
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<ContactStore>()
        .AddSingleton<ContactEnsuring>()
        .AddSingleton<ContactRemoval>()
        .AddSingleton<ContactRatings>()
        .AddSingleton<ContactLinks>();
}
