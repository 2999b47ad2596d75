using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit;

/// <summary>
/// The services of a client that has no scope. It refuses scoped services, even when the host does not validate scopes,
/// because such a service would belong to no request, and its token to nobody or to another user.
/// </summary>
internal sealed class ScopedServiceGuard(IServiceProvider root, IServiceCollection services) : IServiceProvider, IKeyedServiceProvider
{
    public object? GetService(Type serviceType)
    {
        Refuse(serviceType);
        return serviceType == typeof(IServiceProvider) ? this : root.GetService(serviceType);
    }

    public object? GetKeyedService(Type serviceType, object? serviceKey)
    {
        Refuse(serviceType);
        return (root as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);
    }

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey)
    {
        Refuse(serviceType);
        return root.GetRequiredKeyedService(serviceType, serviceKey);
    }

    private void Refuse(Type type)
    {
        var generic = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : null;
        if (generic == typeof(IEnumerable<>))
            Refuse(type.GenericTypeArguments[0]);
        if (!services.Any(service => service.Lifetime == ServiceLifetime.Scoped && (service.ServiceType == type || service.ServiceType == generic)))
            return;
        throw new InvalidOperationException(
            $"The SecretProvider requests the scoped service {type.Name}, but its client has no scope. Resolve the client from the "
            + "services of the request, as endpoints and scoped services do, or give the SecretProvider a service that is a singleton.");
    }
}
