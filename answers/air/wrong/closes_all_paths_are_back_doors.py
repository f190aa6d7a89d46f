# shows: Each path counts as a back door, also those that begin with an arrow out of the exposure.
# loses: [check_closes]
# teaches: Which paths did you look at? What the exposure itself brings about is what you want to measure.
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def effects(cause):
        direct = {effect for one, effect in edges if one == cause}
        return direct.union(*(effects(each) for each in direct))

    def is_closed(path):
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if (before, here) in edges and (after, here) in edges:
                if not ({here} | effects(here)) & set(adjusted):
                    return True
            elif here in adjusted:
                return True
        return False

    back_doors = [path for path in paths(edges, exposure, outcome)]
    return not effects(exposure) & set(adjusted) and all(is_closed(path) for path in back_doors)
