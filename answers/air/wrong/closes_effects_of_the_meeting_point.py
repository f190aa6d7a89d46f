# shows: That an effect of the meeting point is adjusted for is not seen.
# loses: [check_closes]
# teaches: Something that a meeting point brings about tells of it. Look at what you adjust for once more.
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def effects(cause):
        direct = {effect for one, effect in edges if one == cause}
        return direct.union(*(effects(each) for each in direct))

    def is_closed(path):
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if (before, here) in edges and (after, here) in edges:
                if here not in adjusted:
                    return True
            elif here in adjusted:
                return True
        return False

    back_doors = [path for path in paths(edges, exposure, outcome) if (path[1], exposure) in edges]
    return not effects(exposure) & set(adjusted) and all(is_closed(path) for path in back_doors)
